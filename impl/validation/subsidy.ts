import type { ChainLimits } from '../chains/index.ts'

/** Sats that a block of this height may create; nothing from the 64th halving on. [BIP42; Core GetBlockSubsidy] */
export function subsidyAt(height: number, limits: ChainLimits): number {
  const halvings = Math.floor(height / limits.halvingInterval)
  return halvings >= 64 ? 0 : Math.floor(limits.initialSubsidy / 2 ** halvings)
}
