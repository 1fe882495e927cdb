import { bytesToHex } from '@noble/hashes/utils.js'
import type { ChainFile, HashHex, Verdict } from '../../ports/index.ts'
import { blockHash, parentHash } from '../../wire/index.ts'
import { TargetError } from '../abstention.ts'
import type { RpcAnswer } from '../process/rpc.ts'
import type { DaemonRpc } from './methods.ts'
import { orphaned } from './orphan.ts'
import { blockRejection, type ReasonMap } from './reasons.ts'
import { lacksReservedValue } from './repair.ts'

/** Blocks and headers, handed to a daemon by its operator. */
export interface DaemonBlocks {
  judge(block: Uint8Array): Verdict
  judgeHeader(header: Uint8Array): Verdict
  /** Blocks that it does not know are left alone. */
  override(method: 'invalidateblock' | 'reconsiderblock', block: HashHex): void
}

const HEADER_BYTES = 80
const NO_TRANSACTIONS = '00'
const PARENT_FIRST = /^Must submit previous header/

/** Sends a block as a peer would; why its bytes were found to be mutated, undefined when they were not. */
export type MutationCheck = (block: Uint8Array) => string | undefined

/** What has to be known to judge by a daemon. */
export interface BlockJudgement {
  readonly rpc: DaemonRpc
  readonly reasons: ReasonMap
  readonly proofOfWork: ChainFile['proofOfWork']
  readonly mutationOf: MutationCheck
  /** `submitblock` looks a block's hash up before it looks at the block. */
  readonly looksUpFirst: boolean
}

export function createDaemonBlocks({
  rpc,
  reasons,
  proofOfWork,
  mutationOf,
  looksUpFirst,
}: BlockJudgement): DaemonBlocks {
  /** Blocks that broke a rule themselves: the daemon remembers that they failed, and not why. */
  const refused = new Set<HashHex>()

  return {
    judge(block) {
      const hash = blockHash(block)
      const answer = isRepaired(block, hash) ? undefined : rpc.call('submitblock', bytesToHex(block))
      if (answer === undefined) return judgeAsPeer(block)
      const said = wordOf('submitblock', answer)
      if (said === undefined || said === 'inconclusive') return fateOf(hash)
      const hidden = looksUpFirst && said.startsWith('duplicate') ? faultOf(block) : undefined
      if (hidden !== undefined) return blockRejection(hidden, reasons)
      return saidOf(said, hash, parentHash(block))
    },
    judgeHeader,
    override(method, block) {
      if (rpc.placeOf(block) === 'nowhere') return
      rpc.ask(method, block)
      if (method === 'invalidateblock') refused.add(block)
      else refused.clear()
    },
  }

  function isRepaired(block: Uint8Array, hash: HashHex): boolean {
    return lacksReservedValue(block) && rpc.placeOf(parentHash(block)) !== 'nowhere' && !rpc.holds(hash)
  }

  /**
   * A peer's block is looked at for mutations before all else. What it breaks by itself comes first all the same; its
   * header is judged, and kept.
   */
  function judgeAsPeer(block: Uint8Array): Verdict {
    const orphan = orphaned(block, proofOfWork)
    const alone =
      orphan === undefined ? undefined : wordOf('submitblock', rpc.call('submitblock', bytesToHex(orphan)))
    if (alone !== undefined && alone !== 'prev-blk-not-found') return blockRejection(alone, reasons)
    const mutation = mutationOf(block)
    if (mutation === undefined) return { outcome: 'unknown', reason: 'submitblock adds a reserved value' }
    const header = judgeHeader(block.subarray(0, HEADER_BYTES))
    const isHeaderGood = header.outcome === 'stored' || header.outcome === 'duplicate'
    return isHeaderGood ? blockRejection(mutation, reasons) : header
  }

  /** What a block breaks by itself, heard from a copy of which the daemon knows nothing. */
  function faultOf(block: Uint8Array): string | undefined {
    const orphan = orphaned(block, proofOfWork)
    if (orphan === undefined) return undefined
    const said = wordOf('submitblock', rpc.call('submitblock', bytesToHex(orphan)))
    return said === 'prev-blk-not-found' ? undefined : said
  }

  function judgeHeader(header: Uint8Array): Verdict {
    const hash = blockHash(header)
    const isKnown = rpc.placeOf(hash) !== 'nowhere'
    const said = wordOf('submitheader', rpc.call('submitheader', bytesToHex(header)))
    if (said === undefined || (isKnown && PARENT_FIRST.test(said)))
      return isKnown ? { outcome: 'duplicate', reason: 'duplicate' } : { outcome: 'stored' }
    // It asks for the parent before it looks at the proof of work; a block without transactions is judged the other way.
    if (PARENT_FIRST.test(said)) {
      const lone = wordOf('submitblock', rpc.call('submitblock', bytesToHex(header) + NO_TRANSACTIONS))
      return blockRejection(lone === 'high-hash' ? lone : 'prev-blk-not-found', reasons)
    }
    // The word for a known block that failed has changed over time.
    return saidOf(isKnown ? 'duplicate-invalid' : said, hash, parentHash(header))
  }

  function saidOf(said: string, hash: HashHex, parent: HashHex): Verdict {
    if (said === 'duplicate') return { outcome: 'duplicate', reason: said }
    if (said === 'bad-prevblk') return { outcome: 'invalid-ancestor', reason: said }
    if (said === 'duplicate-invalid') {
      const isOwn = refused.has(hash) || !rpc.isFailed(parent)
      return isOwn
        ? { outcome: 'rejected', class: 'invalid', reason: said }
        : { outcome: 'invalid-ancestor', reason: said }
    }
    const verdict = blockRejection(said, reasons)
    if (verdict.outcome === 'rejected' && verdict.class === 'invalid') refused.add(hash)
    return verdict
  }

  /** What became of a block that was kept. */
  function fateOf(hash: HashHex): Verdict {
    if (rpc.placeOf(hash) === 'active') return { outcome: 'connected' }
    return { outcome: rpc.isFailed(hash) ? 'invalid-ancestor' : 'stored' }
  }
}

/** RPC_DESERIALIZATION_ERROR, RPC_VERIFY_ERROR. [Core rpc/protocol.h] */
const REFUSALS: ReadonlySet<number> = new Set([-22, -25])

/** The word of a refusal, undefined when there is none. */
function wordOf(method: string, answer: RpcAnswer): string | undefined {
  if (!('error' in answer)) return answer.result === null ? undefined : String(answer.result)
  if (REFUSALS.has(answer.error.code)) return answer.error.message
  throw new TargetError(`${method}: ${answer.error.message} (${answer.error.code})`)
}
