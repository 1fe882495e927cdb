import type { ChainFile, ChainSession, HashHex, Verdict } from '../../ports/index.ts'
import {
  blockHash,
  bytesToHex,
  digestOfCoins,
  headerField,
  hexToBytes,
  parentHash,
} from '../../wire/index.ts'
import { Abstention, TargetError } from '../abstention.ts'
import type { DaemonChannel } from '../process/channel.ts'
import type { RpcAnswer } from '../process/rpc.ts'
import { ChainView } from './chain-view.ts'
import type { Word } from './node.ts'

/** What is known of a node that runs. */
export interface RunningNode {
  readonly channel: DaemonChannel
  readonly chain: ChainFile
  readonly words: readonly Word[]
  /** The same program once more, that is given the same blocks as a peer; absent where one way is enough. */
  readonly twin?: DaemonChannel
}

/** JSON-RPC's and its servers' codes for a method that they lack. [JSON-RPC 2.0 §5.1; btcd ErrRPCUnimplemented] */
const LACKING: ReadonlySet<number> = new Set([-32601, -1])
/** How often a block is sent to a twin that hangs up. */
const CALLS_MAX = 3
const UNKNOWN = (reason: string): Verdict => ({ outcome: 'unknown', reason })

/** The chain of a node that has no clock but the real one, and that is asked nothing but what every node has. */
export function createPlainSession({ channel, chain, words, twin }: RunningNode): ChainSession {
  const view = new ChainView(hexToBytes(chain.genesisBlock))
  const refused = new Set<HashHex>()
  const magic = hexToBytes(chain.magic)
  let now = 0

  const infoOf = (node: DaemonChannel) => {
    const answer = node.call('getblockchaininfo')
    if ('error' in answer) throw new TargetError(`getblockchaininfo: ${answer.error.message}`)
    return answer.result as { bestblockhash: HashHex; mediantime?: number }
  }
  const tipHash = () => infoOf(channel).bestblockhash
  const tip = () => {
    const hash = tipHash()
    const known = view.tipOf(hash)
    if (known === undefined) throw new TargetError(`its tip ${hash} is a block that it was not given`)
    return known
  }

  return {
    deliverHeader: () => UNKNOWN('it takes no header by itself'),
    deliverBlock(block, at) {
      now = at
      const verdict = judge(block)
      if (twin !== undefined && verdict.outcome !== 'unknown') compareTwin(twin, block)
      return verdict
    },
    deliverTransaction: () => UNKNOWN('it is asked for blocks only'),
    tip,
    medianTimePast() {
      const { mediantime } = infoOf(channel)
      if (mediantime === undefined) throw new Abstention('it does not report its median time')
      return mediantime
    },
    mempool: () => [],
    coinDigest: () => digestOfCoins(view.coinsAt(tipHash())),
    coinCount: () => view.coinsAt(tipHash()).length,
    balanceOf(script) {
      const wanted = bytesToHex(script)
      return view
        .coinsAt(tipHash())
        .reduce((sum, coin) => (bytesToHex(coin.script) === wanted ? sum + coin.value : sum), 0n)
    },
    invalidate: (block) => override('invalidateblock', block),
    reconsider: (block) => override('reconsiderblock', block),
  }

  function judge(block: Uint8Array): Verdict {
    const [hash, parent] = [blockHash(block), parentHash(block)]
    if (block.length >= 80 && headerField(block, 'time') > now + chain.limits.maxFutureSeconds)
      return UNKNOWN('its clock cannot be set')
    if (!view.has(parent) && !refused.has(parent)) return UNKNOWN('it keeps blocks whose parent it lacks')
    const isAside = view.has(parent) && !view.isActive(parent, tipHash())
    const wasKnown = view.has(hash)
    const said = wordOf(channel.call('submitblock', bytesToHex(block)))
    if (said !== undefined) return verdictOn(said, hash, isAside)
    if (!view.has(parent)) return UNKNOWN('it keeps blocks whose parent it refused')
    if (wasKnown) return { outcome: 'duplicate' }
    view.add(block)
    return { outcome: tipHash() === hash ? 'connected' : 'stored' }
  }

  function verdictOn(said: string, hash: HashHex, isAside: boolean): Verdict {
    const means = words.find(({ pattern }) => pattern.test(said))?.means
    if (means === 'duplicate') {
      if (view.has(hash)) return { outcome: 'duplicate' }
      return refused.has(hash)
        ? UNKNOWN('it says that it has the block, not that it refused it')
        : { outcome: 'duplicate' }
    }
    if (means === 'invalid-ancestor') return { outcome: 'invalid-ancestor' }
    // On a branch that becomes the best one, the fault may be in a block below.
    if (isAside) return UNKNOWN('it says what is wrong with a branch, not with which of its blocks')
    if (means === undefined || means.class === 'invalid') refused.add(hash)
    const meaning = means ?? { reason: `${said} (not among its words)`, class: 'invalid' as const }
    return { outcome: 'rejected', ...meaning, detail: said }
  }

  function compareTwin(node: DaemonChannel, block: Uint8Array): void {
    const mine = tipHash()
    let theirs = ''
    // A peer may be hung up on for reasons of its own, and calls again.
    for (let calls = 0; calls < CALLS_MAX && theirs !== mine; calls++) {
      const isHeard = node.send(magic, { command: 'block', payload: block })
      theirs = infoOf(node).bestblockhash
      if (isHeard) break
    }
    if (mine !== theirs)
      throw new TargetError(
        `by submitblock its tip is ${mine}, by P2P, given the same blocks, it is ${theirs}`,
      )
  }

  function override(method: string, block: HashHex): void {
    if (!view.has(block)) return
    for (const node of [channel, ...(twin === undefined ? [] : [twin])]) {
      const answer = node.call(method, block)
      if (!('error' in answer)) continue
      if (LACKING.has(answer.error.code)) throw new Abstention(`it has no ${method}`)
      throw new TargetError(`${method}: ${answer.error.message}`)
    }
  }
}

/** The word of a refusal, undefined when there is none. */
function wordOf(answer: RpcAnswer): string | undefined {
  if ('error' in answer) return answer.error.message
  return answer.result === null || answer.result === undefined ? undefined : String(answer.result)
}
