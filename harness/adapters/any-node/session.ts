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
import { lacksReservedValue } from '../core-family/repair.ts'
import type { DaemonChannel } from '../process/channel.ts'
import type { RpcAnswer } from '../process/rpc.ts'
import { ChainView } from './chain-view.ts'
import { isLacking } from './lacking.ts'
import type { Word } from './node.ts'

/** What is known of a node that runs. */
export interface RunningNode {
  readonly channel: DaemonChannel
  readonly chain: ChainFile
  readonly words: readonly Word[]
  /** The same program once more, that is given the same blocks as a peer; absent where one way is enough. */
  readonly twin?: DaemonChannel
  /** What stands on its tip is first sent to it as by a peer; it must then take no more by `submitblock`. */
  readonly asPeer?: boolean
  /** Its `submitblock` may complete a coinbase's witness, and so judge another block than it was given. */
  readonly repairsWitness?: boolean
}

/** How often a block is sent to a twin that hangs up. */
const CALLS_MAX = 3
const UNKNOWN = (reason: string): Verdict => ({ outcome: 'unknown', reason })

/** The chain of a node that has no clock but the real one, and that is asked nothing but what every node has. */
export function createPlainSession({
  channel,
  chain,
  words,
  twin,
  asPeer = false,
  repairsWitness = false,
}: RunningNode): ChainSession {
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
    const time = block.length >= 80 ? headerField(block, 'time') : 0
    if (time > now + chain.limits.maxFutureSeconds || time > Date.now() / 1000)
      return UNKNOWN('its clock cannot be set')
    if (!view.has(parent) && !refused.has(parent)) return UNKNOWN('it keeps blocks whose parent it lacks')
    const isAside = view.has(parent) && !view.isActive(parent, tipHash())
    const wasKnown = view.has(hash)
    const wasSent = asPeer && parent === tipHash()
    if (wasSent) channel.send(magic, { command: 'block', payload: block })
    if (wasSent && tipHash() === hash) {
      view.add(block)
      return { outcome: 'connected' }
    }
    if (repairsWitness && lacksReservedValue(block))
      return UNKNOWN('submitblock may give it the reserved value that it lacks')
    const said = submit(block)
    if (said === undefined && wasSent && !wasKnown)
      throw new TargetError(`by P2P it does not take block ${hash}, by submitblock it does`)
    if (said !== undefined && wasSent && !wasKnown && meaningOf(said) === 'duplicate') {
      refused.add(hash)
      return { outcome: 'rejected', class: 'invalid', isClassUnknown: true, reason: said }
    }
    if (said !== undefined) return verdictOn(said, hash, isAside)
    if (!view.has(parent)) return UNKNOWN('it keeps blocks whose parent it refused')
    if (wasKnown) return { outcome: 'duplicate' }
    if (isAside && tipHash() !== hash && isFailed(hash)) {
      refused.add(hash)
      return { outcome: 'invalid-ancestor' }
    }
    view.add(block)
    return { outcome: tipHash() === hash ? 'connected' : 'stored' }
  }

  /** Whether a branch that was kept and tried has failed; a node without `getchaintips` does not say. */
  function isFailed(hash: HashHex): boolean {
    const answer = channel.call('getchaintips')
    if ('error' in answer) return false
    const tips = answer.result as readonly { readonly hash: HashHex; readonly status: string }[]
    return tips.some((branch) => branch.hash === hash && branch.status === 'invalid')
  }

  /** The word of a refusal, undefined when it keeps the block. */
  function submit(block: Uint8Array): string | undefined {
    const answer = channel.call('submitblock', bytesToHex(block))
    if ('error' in answer && isLacking(answer.error)) throw new Abstention('it has no submitblock')
    const said = wordOf(answer)
    return said !== undefined && meaningOf(said) === 'kept' ? undefined : said
  }

  function meaningOf(said: string): Word['means'] | undefined {
    return words.find(({ pattern }) => pattern.test(said))?.means
  }

  function verdictOn(said: string, hash: HashHex, isAside: boolean): Verdict {
    const means = meaningOf(said)
    if (means === 'duplicate') {
      if (view.has(hash)) return { outcome: 'duplicate' }
      return refused.has(hash)
        ? UNKNOWN('it says that it has the block, not that it refused it')
        : { outcome: 'duplicate' }
    }
    if (means === 'kept') return UNKNOWN('it says that it keeps the block')
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
      if (isLacking(answer.error)) throw new Abstention(`it has no ${method}`)
      throw new TargetError(`${method}: ${answer.error.message}`)
    }
  }
}

/** The word of a refusal, undefined when there is none. */
function wordOf(answer: RpcAnswer): string | undefined {
  if ('error' in answer) return answer.error.message
  return answer.result === null || answer.result === undefined ? undefined : String(answer.result)
}
