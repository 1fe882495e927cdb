import { accessSync, constants, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DaemonClient } from '../conformance/daemons/client.ts'
import type { ChainReference } from '../ports/engine.ts'
import { Abstention, TargetError } from './abstention.ts'
import { chainLookup } from './chains.ts'
import { openDaemonChannel } from './daemon-channel.ts'
import type { PeerMessage } from './daemon-messages.ts'
import { createDaemonRpc } from './daemon-methods.ts'
import { createDaemonSession } from './daemon-session.ts'
import { type ForeignEngine, unaskedOf } from './stdio.ts'

/** The folder of the chain below the data folder, by every descendant of Core. */
const CHAIN_FOLDER = 'regtest'

/** A daemon that others wrote, as an engine: every chain is opened in a process of its own, one at a time. */
export function openDaemonEngine(client: DaemonClient, path: string): ForeignEngine {
  checkExecutable(path)
  const channel = openDaemonChannel(client.cookie)
  const start = (args: readonly string[]) => channel.start({ path, args })
  const rpc = createDaemonRpc(channel.call)
  const { magic, proofOfWork } = chainLookup(client.chain)!
  start(optionsFor(client, client.chain))
  const { subversion } = rpc.ask('getnetworkinfo') as { subversion: string }
  return {
    name: `${client.name} ${subversion}`,
    capabilities: client.capabilities,
    openChain(chain) {
      const { datadir } = start(optionsFor(client, chain))
      const tell = (message: PeerMessage) => void channel.tell(Buffer.from(magic, 'hex'), message)
      return createDaemonSession({
        rpc,
        tell,
        reasons: client.reasons,
        proofOfWork,
        looksUpFirst: client.looksUpFirst,
        folder: join(datadir, CHAIN_FOLDER),
      })
    },
    ...unaskedOf(client.name),
    isAlive: channel.isAlive,
    close: channel.close,
  }
}

function optionsFor(client: DaemonClient, reference: ChainReference): readonly string[] {
  const chain = typeof reference === 'string' ? chainLookup(reference) : reference
  if (chain === undefined) throw new Abstention(`there is no chain named ${reference}`)
  const options = client.optionsFor(chain, chainLookup(client.chain)!)
  if (!options.can) throw new Abstention(options.why)
  return options.args
}

/** @throws TargetError */
function checkExecutable(path: string): void {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    throw new TargetError(`${path}: no such executable file`)
  }
  if (!statSync(path).isFile()) throw new TargetError(`${path}: not a file`)
}
