import type { PoolEntry } from './entry.ts'
import { ancestorsOf, withDescendants } from './entry.ts'
import type { MempoolPolicy } from './policy.ts'
import { feeAt } from './policy.ts'

/** A transaction that wants to take the place of others. */
export interface Replacement {
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
 * Whether a transaction pays its way in: as much as all that must leave and the relay of its own bytes [BIP125 rules 3
 * and 4], evicting no more than the limit [rule 5], at a rate above each that it conflicts with
 * [Core PaysMoreThanConflicts]. Signalling is not asked for (full replacement by fee).
 */
export function judgeReplacement(newcomer: Replacement, policy: MempoolPolicy): ReplacementOutcome {
  const leaving = withDescendants(newcomer.conflicts)
  if (leaving.size > policy.evictionsMax)
    return {
      kind: 'refused',
      reason: 'too many potential replacements',
      detail: `${leaving.size} > ${policy.evictionsMax}`,
    }
  return feeRefusal(newcomer, leaving, policy) ?? { kind: 'replaces', leaving }
}

/** A transaction cannot spend what it drives out. [Core EntriesAndTxidsDisjoint] */
export function spendsWhatItReplaces({ parents, conflicts }: Replacement): boolean {
  for (const ancestor of ancestorsOf(parents)) if (conflicts.has(ancestor)) return true
  return false
}

function feeRefusal(
  { fee, vsize, conflicts }: Replacement,
  leaving: ReadonlySet<PoolEntry>,
  policy: MempoolPolicy,
): ReplacementOutcome | undefined {
  const refuse = (detail: string): ReplacementOutcome => ({
    kind: 'refused',
    reason: 'insufficient fee',
    detail,
  })
  for (const conflict of conflicts)
    if (fee * conflict.vsize <= conflict.fee * vsize)
      return refuse(`rate ${fee}/${vsize} <= ${conflict.fee}/${conflict.vsize} sats a virtual byte`)
  let leavingFees = 0
  for (const entry of leaving) leavingFees += entry.fee
  const relay = feeAt(policy.incrementalFeeRate, vsize)
  return fee - leavingFees < relay ? refuse(`${fee - leavingFees} < ${relay}`) : undefined
}
