import type { Limits } from '../../chains/index.ts'
import type { Height, Sats } from '../../vocabulary/index.ts'
import { sats } from '../../vocabulary/index.ts'

/** Bits in a register: shifting by as many as these, the first release's machines shifted by none. */
const REGISTER_BITS = 64

/** How often the subsidy was halved before this height. */
function halvingsAt(height: Height, limits: Limits): number {
  return Math.floor(height / limits.halvingIntervalBlocks)
}

/** New money that a block may create, as the first release computed it: it would have started again. [BIP42] */
export function originalSubsidy(height: Height, limits: Limits): Sats {
  return sats(limits.initialSubsidySats >> BigInt(halvingsAt(height, limits) % REGISTER_BITS))
}

/** New money that a block may create. [Core validation.cpp GetBlockSubsidy, BIP42] */
export function subsidyAt(height: Height, limits: Limits): Sats {
  return isSubsidyOver(height, limits) ? sats(0n) : originalSubsidy(height, limits)
}

/** Whether the last halving has passed. [BIP42] */
export function isSubsidyOver(height: Height, limits: Limits): boolean {
  return halvingsAt(height, limits) >= REGISTER_BITS
}
