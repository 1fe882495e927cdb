import { type ChainFile, chainRules } from '../../ports/index.ts'
import { expandBits } from '../../wire/index.ts'

/** What the bits of the next block depend on. */
export interface DifficultyAncestor {
  readonly height: number
  readonly time: number
  readonly bits: number
}

/** Canonical compact form. [Core arith_uint256::GetCompact] */
export function compactBits(target: bigint): number {
  let size = Math.ceil(target.toString(2).length / 8)
  let mantissa = Number(size <= 3 ? target << BigInt(8 * (3 - size)) : target >> BigInt(8 * (size - 3)))
  if (mantissa & 0x800000) {
    mantissa >>>= 8
    size++
  }
  return ((size << 24) | mantissa) >>> 0
}

/** The bits that the chain asks of a child of `parent` with this time. [Core and Litecoin Core, pow.cpp GetNextWorkRequired] */
export function nextBits(
  chainFile: ChainFile,
  parent: DifficultyAncestor,
  time: number,
  ancestorAt: (height: number) => DifficultyAncestor,
): number {
  const { limits } = chainFile
  const interval = limits.retargetIntervalBlocks
  const easiest = compactBits(BigInt(`0x${limits.powLimit}`))
  if ((parent.height + 1) % interval !== 0) {
    if (!limits.allowMinDifficulty) return parent.bits
    if (time > parent.time + 2 * limits.targetSpacingSeconds) return easiest
    let block = parent
    while (block.height % interval !== 0 && block.bits === easiest) block = ancestorAt(block.height - 1)
    return block.bits
  }
  if (limits.noRetargeting) return parent.bits
  const isWhole = chainRules(chainFile).wholePeriodRetarget && parent.height >= interval
  const first = ancestorAt(parent.height - interval + (isWhole ? 0 : 1))
  return retarget(limits, limits.enforceBip94 ? first.bits : parent.bits, parent.time - first.time)
}

function retarget(limits: ChainFile['limits'], bits: number, seconds: number): number {
  const timespan = limits.retargetIntervalBlocks * limits.targetSpacingSeconds
  const clamped = Math.min(Math.max(seconds, Math.trunc(timespan / 4)), timespan * 4)
  const target = (expandBits(bits) * BigInt(clamped)) / BigInt(timespan)
  const limit = BigInt(`0x${limits.powLimit}`)
  return compactBits(target > limit ? limit : target)
}
