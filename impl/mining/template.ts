import type { Chainstate } from '../chainstate/index.ts'
import type { PoolEntry, TransactionPool } from '../mempool/index.ts'
import { earliestTime, nextBits, subsidyAt } from '../validation/index.ts'
import { selectTransactions } from './select.ts'

export interface TemplateOptions {
  /** Weight of the whole block; that of the chain's limit where it is left out. [Core -blockmaxweight] */
  readonly weightMax?: number
  /** Weight kept for header, transaction count and coinbase. [Core -blockreservedweight] */
  readonly reservedWeight: number
  /** Signature operations kept for the coinbase's outputs. */
  readonly reservedSigopsCost: number
  /** Sats per 1,000 virtual bytes. [Core -blockmintxfee] */
  readonly feeRateMin: number
  /** In place of a version that signals for soft forks under way. [Core -blockversion] */
  readonly version?: number
}

/** The top bits of versions that signal. [BIP9] */
const VERSION_TOP_BITS = 0x20000000

/** [Core policy/policy.h] */
export const TEMPLATE_OPTIONS: TemplateOptions = {
  reservedWeight: 8000,
  reservedSigopsCost: 400,
  feeRateMin: 1,
}

/** All that a miner needs to know of the next block. */
export interface BlockTemplate {
  readonly version: number
  readonly previousHash: Uint8Array
  readonly height: number
  readonly bits: number
  /** Unix seconds; `timeMin` is the earliest that the block may carry. */
  readonly time: number
  readonly timeMin: number
  readonly entries: readonly PoolEntry[]
  /** Sats that the coinbase may claim: subsidy and fees. */
  readonly coinbaseValue: number
  /** The coinbase must commit to witnesses. */
  readonly segwit: boolean
}

/** The next block on the tip, as full and as well paying as the pool allows. `now` in Unix seconds. [BIP22] */
export function createTemplate(
  chainstate: Chainstate,
  pool: TransactionPool,
  now: number,
  options: TemplateOptions = TEMPLATE_OPTIONS,
): BlockTemplate {
  const { tip, chain } = chainstate
  const { limits } = chain
  const { segwit, versionBits } = chainstate.activations.after(tip)
  const entries = selectTransactions(pool, {
    weight:
      Math.min(options.weightMax ?? limits.maxBlockWeight, limits.maxBlockWeight) - options.reservedWeight,
    sigopsCost: limits.maxBlockSigopsCost - options.reservedSigopsCost,
    feeRateMin: options.feeRateMin,
    witnesses: segwit,
  })
  const height = tip.height + 1
  const timeMin = earliestTime(tip, limits)
  const time = Math.max(now, timeMin)
  let fees = 0
  for (const { fee } of entries) fees += fee
  return {
    version: options.version ?? VERSION_TOP_BITS | versionBits,
    previousHash: tip.hash,
    height,
    bits: nextBits(tip, time, limits),
    time,
    timeMin,
    entries,
    coinbaseValue: subsidyAt(height, limits) + fees,
    segwit,
  }
}
