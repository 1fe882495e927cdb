import { formatAmount } from '../validation/index.ts'
import { hashToHex } from '../wire/index.ts'
import type { PoolEntry } from './entry.ts'
import { ancestorsOf, withDescendants } from './entry.ts'
import type { MempoolPolicy } from './policy.ts'
import { feeAt } from './policy.ts'

/** A transaction that wants to take the place of others. */
export interface Replacement {
  readonly txid: Uint8Array
  readonly fee: number
  readonly vsize: number
  readonly parents: ReadonlySet<PoolEntry>
  /** Entries that spend one of its coins. */
  readonly conflicts: ReadonlySet<PoolEntry>
}

export type ReplacementOutcome =
  | { readonly kind: 'replaces'; readonly leaving: ReadonlySet<PoolEntry> }
  | { readonly kind: 'refused'; readonly reason: string; readonly detail: string }

/**
 * Whether a transaction pays its way in: it evicts no more than the limit [BIP125 rule 5], pays as much as all that must
 * leave and for the relay of its own bytes [rules 3 and 4], and a better rate than each that it conflicts with, in place
 * of Core's comparison of whole clusters. Signalling is not asked for (full replacement by fee). [Core ReplacementChecks]
 */
export function judgeReplacement(newcomer: Replacement, policy: MempoolPolicy): ReplacementOutcome {
  const { fee, vsize, conflicts } = newcomer
  if (conflicts.size === 0) return { kind: 'replaces', leaving: conflicts }
  const leaving = withDescendants(conflicts)
  const refuse = (reason: string, detail: string): ReplacementOutcome => ({ kind: 'refused', reason, detail })
  const rejecting = `rejecting replacement ${hashToHex(newcomer.txid)}`
  if (leaving.size > policy.evictionsMax)
    return refuse(
      'too many potential replacements',
      `${rejecting}; too many potential replacements (${leaving.size} > ${policy.evictionsMax})`,
    )
  let leavingFees = 0
  for (const entry of leaving) leavingFees += entry.modifiedFee
  const [paid, asked] = [formatAmount(fee), formatAmount(leavingFees)]
  if (fee < leavingFees)
    return refuse('insufficient fee', `${rejecting}, less fees than conflicting txs; ${paid} < ${asked}`)
  const relay = feeAt(policy.incrementalFeeRate, vsize)
  if (fee - leavingFees < relay)
    return refuse(
      'insufficient fee',
      `${rejecting}, not enough additional fees to relay; ${formatAmount(fee - leavingFees)} < ${formatAmount(relay)}`,
    )
  for (const conflict of conflicts)
    if (fee * conflict.vsize <= conflict.modifiedFee * vsize)
      return refuse('replacement-failed', 'insufficient feerate: does not improve feerate diagram')
  return { kind: 'replaces', leaving }
}

/** The entry that a transaction both spends and drives out, which cannot be. [Core EntriesAndTxidsDisjoint] */
export function spentAndReplaced({ parents, conflicts }: Replacement): PoolEntry | undefined {
  if (conflicts.size === 0) return undefined
  for (const ancestor of ancestorsOf(parents)) if (conflicts.has(ancestor)) return ancestor
  return undefined
}
