import { join } from 'node:path'
import type { ChainReference } from '../../ports/index.ts'
import { Abstention } from '../abstention.ts'
import { chainLookup } from '../chains.ts'
import type { ForeignEngine } from '../foreign-engine.ts'
import { type DaemonChannel, openDaemonChannel } from '../process/channel.ts'
import { checkExecutable } from '../process/check-executable.ts'
import type { DaemonClient } from './client.ts'
import { createDaemonRpc } from './methods.ts'
import { createDaemonSession } from './session.ts'

/** The folder of the chain below the data folder, by every descendant of Core. */
const CHAIN_FOLDER = 'regtest'

/** So many processes at once: the nodes of a story; the next chain after that takes the place of the first. */
const PROCESSES_MAX = 6

/** A daemon that others wrote, as an engine: every chain is opened in a process of its own. */
export function openDaemonEngine(client: DaemonClient, path: string): ForeignEngine {
  checkExecutable(path)
  const channels: DaemonChannel[] = []
  const { magic, proofOfWork } = chainLookup(client.chain)!
  let opened = 0
  const start = (args: readonly string[]) => {
    const slot = opened++ % PROCESSES_MAX
    channels[slot] ??= openDaemonChannel({ file: client.cookie })
    const channel = channels[slot]
    return { channel, rpc: createDaemonRpc(channel.call), ...channel.start({ path, args }) }
  }
  const { subversion } = start(optionsFor(client, client.chain)).rpc.ask('getnetworkinfo') as {
    subversion: string
  }
  return {
    name: `${client.name} ${versionIn(subversion)}`,
    capabilities: client.capabilities,
    openChain(chain) {
      const { channel, rpc, datadir } = start(optionsFor(client, chain))
      return createDaemonSession({
        rpc,
        send: (message) => void channel.send(Buffer.from(magic, 'hex'), message),
        reasons: client.reasons,
        proofOfWork,
        looksUpFirst: client.looksUpFirst,
        hasPool: client.capabilities.has('mempool'),
        coinDump: client.coinDump,
        folder: join(datadir, CHAIN_FOLDER),
      })
    },
    isAlive: () => channels.every((channel) => channel.isAlive()),
    close() {
      for (const channel of channels) channel.close()
    },
  }
}

/** `/Satoshi:31.0.0/` as 31.0.0. [BIP14] */
function versionIn(subversion: string): string {
  return /:([^/(]+)/.exec(subversion)?.[1] ?? subversion
}

function optionsFor(client: DaemonClient, reference: ChainReference): readonly string[] {
  const chain = typeof reference === 'string' ? chainLookup(reference) : reference
  if (chain === undefined) throw new Abstention(`there is no chain named ${reference}`)
  const options = client.optionsFor(chain, chainLookup(client.chain)!)
  if (!options.can) throw new Abstention(options.why)
  return options.args
}
