import { Abstention, TargetError } from '../abstention.ts'
import { refusalOf, versionOf } from '../any-node/engine.ts'
import { isLacking } from '../any-node/lacking.ts'
import { createPlainSession } from '../any-node/session.ts'
import { chainLookup } from '../chains.ts'
import type { ForeignEngine } from '../foreign-engine.ts'
import { type DaemonChannel, openDaemonChannel } from '../process/channel.ts'
import type { OpenOptions, TargetKind } from '../target-kind.ts'
import { type NodePlace, PLACE_HELP, readPlace } from './place.ts'
import { BIP22_WORDS } from './words.ts'

const regtest = chainLookup('regtest')!
/** More branches than this from the first block on are somebody else's. */
const BRANCHES_MAX = 1000

/**
 * A node of the regression-test network that somebody else runs. Before each story its blocks are declared
 * invalid, which brings it back to its first; when all is over, those it had before are declared valid again.
 */
export const RUNNING: TargetKind = {
  name: 'rpc',
  argument: PLACE_HELP,
  stories: {
    chain: 'regtest',
    movableForks: [],
    bip94IsOption: false,
    outOfReach: {},
    // Stories of equal blocks would meet what was declared invalid: each begins at another time.
    prelude: { blocks: 1, version: 0x20000000, startTime: 0 },
    isShared: true,
    refusalOf: (chain) => refusalOf({ chain: regtest }, chain),
  },
  open: (argument, options) => openRunningNode(readPlace(argument), options),
}

function openRunningNode({ rpc, p2p }: NodePlace, { doors = 'both', timeoutMs }: OpenOptions): ForeignEngine {
  const channel = openDaemonChannel({ text: rpc.credentials }, timeoutMs)
  try {
    channel.attach({ rpc, ...(p2p && doors === 'both' && { p2p }) })
    requireRegtest(channel)
    const name = nameOf(channel)
    const before = blockAt(channel, 1)
    let isOpened = false
    return {
      name,
      capabilities: new Set(['balance', 'blocks', 'coinDigest', 'customChains', 'invalidate', 'scripts']),
      openChain(reference) {
        const chain = typeof reference === 'string' ? chainLookup(reference) : reference
        if (chain === undefined) throw new Abstention(`there is no chain named ${reference}`)
        const why = refusalOf({ chain: regtest }, chain)
        if (why !== undefined) throw new Abstention(why)
        isOpened = true
        backToGenesis(channel)
        const asPeer = p2p !== undefined && doors === 'both'
        return createPlainSession({
          channel,
          chain: regtest,
          words: BIP22_WORDS,
          asPeer,
          repairsWitness: true,
        })
      },
      isAlive: channel.isAlive,
      close() {
        if (isOpened && channel.isAlive()) giveBack(channel, before)
        channel.close()
      },
    }
  } catch (error) {
    channel.close()
    throw error
  }
}

function nameOf(channel: DaemonChannel): string {
  const answer = channel.call('getnetworkinfo')
  const said = 'result' in answer ? (answer.result as { subversion?: unknown }).subversion : undefined
  const [, program = 'node'] = /^\/([^:/]+):/.exec(String(said)) ?? []
  return `${program} ${versionOf(channel)}`
}

function requireRegtest(channel: DaemonChannel): void {
  const answer = channel.call('getblockchaininfo')
  if ('error' in answer) throw new TargetError(`getblockchaininfo: ${answer.error.message}`)
  const { chain } = answer.result as { chain?: unknown }
  if (chain !== 'regtest') throw new TargetError(`it is on the chain ${chain}; expected regtest`)
}

/** Undefined above the tip. */
function blockAt(channel: DaemonChannel, height: number): string | undefined {
  const answer = channel.call('getblockhash', height)
  if ('result' in answer) return String(answer.result)
  if (isLacking(answer.error)) throw new Abstention('it has no getblockhash')
  return undefined
}

function backToGenesis(channel: DaemonChannel): void {
  for (let branches = 0; branches < BRANCHES_MAX; branches++) {
    const block = blockAt(channel, 1)
    if (block === undefined) return
    override(channel, 'invalidateblock', block)
  }
  throw new TargetError(`after ${BRANCHES_MAX} times invalidateblock it is not at its first block`)
}

/** What an operator had stays what it was, as far as the node lets us. */
function giveBack(channel: DaemonChannel, before: string | undefined): void {
  try {
    backToGenesis(channel)
    if (before !== undefined) override(channel, 'reconsiderblock', before)
  } catch (error) {
    if (!(error instanceof TargetError || error instanceof Abstention)) throw error
  }
}

function override(channel: DaemonChannel, method: string, block: string): void {
  const answer = channel.call(method, block)
  if (!('error' in answer)) return
  if (isLacking(answer.error)) throw new Abstention(`it has no ${method}`)
  throw new TargetError(`${method}: ${answer.error.message}`)
}
