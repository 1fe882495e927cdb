import type { PoolEntry } from './entry.ts'
import { ancestorsOf } from './entry.ts'
import type { MempoolPolicy } from './policy.ts'
import type { TransactionPool } from './pool.ts'

/** Why a newcomer's family would grow too large, or nothing. `leaving` are relatives that it replaces. */
export function familyLimitExceeded(
  parents: ReadonlySet<PoolEntry>,
  vsize: number,
  leaving: ReadonlySet<PoolEntry>,
  policy: MempoolPolicy,
): string | undefined {
  if (parents.size === 0) return undefined
  const ancestors = ancestorsOf(parents)
  if (ancestors.size + 1 > policy.ancestorsMax)
    return `too many unconfirmed ancestors [limit: ${policy.ancestorsMax}]`
  let ancestorVsize = vsize
  for (const ancestor of ancestors) ancestorVsize += ancestor.vsize
  if (ancestorVsize > policy.ancestorVsizeMax)
    return `exceeds ancestor size limit [limit: ${policy.ancestorVsizeMax}]`
  for (const ancestor of ancestors) {
    const { count, size } = descendantsWithout(ancestor, leaving)
    if (count + 1 > policy.descendantsMax) return `too many descendants [limit: ${policy.descendantsMax}]`
    if (size + vsize > policy.descendantVsizeMax)
      return `exceeds descendant size limit [limit: ${policy.descendantVsizeMax}]`
  }
  return undefined
}

function descendantsWithout(
  entry: PoolEntry,
  leaving: ReadonlySet<PoolEntry>,
): { count: number; size: number } {
  let count = entry.descendants
  let size = entry.descendantVsize
  for (const gone of leaving)
    if (ancestorsOf(gone.parents).has(entry)) {
      count--
      size -= gone.vsize
    }
  return { count, size }
}

/**
 * Entries whose families have grown too large above them: a reorganisation put parents below what was there. Their
 * descendants need not be among them. No walk goes further than the limits. [Core UpdateTransactionsFromBlock]
 */
export function tooManyAncestors(pool: TransactionPool, policy: MempoolPolicy): Set<PoolEntry> {
  const tooMany = new Set<PoolEntry>()
  for (const entry of pool.entries()) {
    if (isAnyIn(tooMany, entry.parents) || exceedsAncestors(entry.parents, entry.vsize, policy))
      tooMany.add(entry)
  }
  return tooMany
}

function isAnyIn(set: ReadonlySet<PoolEntry>, entries: Iterable<PoolEntry>): boolean {
  for (const entry of entries) if (set.has(entry)) return true
  return false
}

/** Whether a transaction has too many ancestors, itself counted. The walk goes no further than the limits. */
export function exceedsAncestors(
  parents: ReadonlySet<PoolEntry>,
  ownVsize: number,
  { ancestorsMax, ancestorVsizeMax }: MempoolPolicy,
): boolean {
  const family = new Set(parents)
  let vsize = ownVsize
  if (vsize > ancestorVsizeMax) return true
  for (const member of family) {
    vsize += member.vsize
    if (family.size + 1 > ancestorsMax || vsize > ancestorVsizeMax) return true
    for (const parent of member.parents) family.add(parent)
  }
  return false
}
