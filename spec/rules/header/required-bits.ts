import type { Limits } from '../../chains/index.ts'
import type { Branch } from '../../vocabulary/index.ts'
import { ancestorAt, decodeCompact, encodeCompact } from '../../vocabulary/index.ts'

const CLAMP = 4

/** The only bits that a block of this time may have on top of `parent`. [Core pow.cpp GetNextWorkRequired] */
export function requiredBits(parent: Branch, time: number, limits: Limits): number {
  if ((parent.height + 1) % limits.retargetIntervalBlocks === 0) return retargetedBits(parent, limits)
  if (!limits.allowMinDifficulty) return parent.header.bits
  const isLate = time > parent.header.time + 2 * limits.targetSpacingSeconds
  return isLate ? encodeCompact(limits.powLimit) : lastRegularBits(parent, limits)
}

/**
 * The new bits at the start of a period. The time is measured over one interval less than the period has blocks,
 * from its first block to its last: an error of the first release that became a rule. Litecoin corrected it. The product
 * is exact. Core's has 256 bits, which is enough for every chain of its own that retargets; Litecoin's is halved first
 * where it could overflow, which changes no bits. On `tiny` it takes up to 269. [Core pow.cpp CalculateNextWorkRequired]
 */
function retargetedBits(last: Branch, limits: Limits): number {
  if (limits.noRetargeting) return last.header.bits
  const first = ancestorAt(last, last.height - (limits.retargetIntervalBlocks - 1))!
  const start = (limits.wholePeriodRetarget && first.parent) || first
  const wantedSeconds = limits.retargetIntervalBlocks * limits.targetSpacingSeconds
  const seconds = clamp(
    last.header.time - start.header.time,
    Math.floor(wantedSeconds / CLAMP),
    wantedSeconds * CLAMP,
  )
  const base = limits.enforceBip94 ? first : last
  const target = (decodeCompact(base.header.bits).target * BigInt(seconds)) / BigInt(wantedSeconds)
  return encodeCompact(target > limits.powLimit ? limits.powLimit : target)
}

/** The bits of the last block that was not mined under the exception for late blocks. */
function lastRegularBits(parent: Branch, limits: Limits): number {
  const easiest = encodeCompact(limits.powLimit)
  let at = parent
  while (
    at.parent !== undefined &&
    at.height % limits.retargetIntervalBlocks !== 0 &&
    at.header.bits === easiest
  )
    at = at.parent
  return at.header.bits
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
