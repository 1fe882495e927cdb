import type { ChainFile } from '../../ports/index.ts'
import type { RawTransaction } from '../../wire/index.ts'
import { isInForce } from '../fork-flags.ts'
import type { AssembledBlock } from './build-block.ts'
import { heightPush } from './build-block.ts'
import type { CandidateTransaction } from './read-candidate.ts'
import { previousOf, type Surroundings } from './surroundings.ts'

/** Where a candidate is going to stand, and when it is judged. */
export interface Place {
  readonly chain: ChainFile
  readonly surroundings: Surroundings
  /** Unix seconds. */
  readonly now: number
}

const LOCK_TIME_THRESHOLD = 500_000_000
const FINAL_SEQUENCE = 0xffffffff
/** What a header's version must be at least, once the soft fork is in force. [BIP34, BIP66, BIP65] */
const VERSIONS = [
  ['bip34', 2],
  ['bip66', 3],
  ['bip65', 4],
] as const

/**
 * What the chain below forbids of the header and the lock times, which engines without that chain cannot tell: Core's
 * reject string, or BIP22's word for a block that stands elsewhere. [Core ContextualCheckBlockHeader, ContextualCheckBlock]
 */
export function placeFault(
  { header, coinbase }: AssembledBlock,
  spending: readonly CandidateTransaction[],
  { chain, surroundings, now }: Place,
): string | undefined {
  const view = new DataView(header.buffer, header.byteOffset, header.length)
  const [version, time, bits] = [view.getInt32(0, true), view.getUint32(68, true), view.getUint32(72, true)]
  const { height, medianTime } = surroundings
  if (previousOf(header) !== surroundings.tip) return 'inconclusive-not-best-prevblk'
  if (surroundings.bits !== undefined && bits !== Number.parseInt(surroundings.bits, 16))
    return 'bad-diffbits'
  if (time <= medianTime) return 'time-too-old'
  if (time > now + chain.limits.maxFutureSeconds) return 'time-too-new'
  if (VERSIONS.some(([fork, least]) => isInForce(chain, fork, height) && version < least))
    return `bad-version(0x${(version >>> 0).toString(16).padStart(8, '0')})`
  const lockTime = isInForce(chain, 'csv', height) ? medianTime : time
  const all = [...(coinbase === undefined ? [] : [coinbase]), ...spending.map(({ raw }) => raw)]
  if (all.some((transaction) => !isFinal(transaction, height, lockTime))) return 'bad-txns-nonfinal'
  const script = coinbase?.inputs[0]?.scriptSig ?? new Uint8Array()
  const wanted = heightPush(height)
  if (isInForce(chain, 'bip34', height) && !wanted.every((byte, index) => script[index] === byte))
    return 'bad-cb-height'
  return undefined
}

/** [Core IsFinalTx] */
function isFinal({ lockTime, inputs }: RawTransaction, height: number, time: number): boolean {
  const limit = lockTime < LOCK_TIME_THRESHOLD ? height : time
  return lockTime < limit || inputs.every(({ sequence }) => sequence === FINAL_SEQUENCE)
}
