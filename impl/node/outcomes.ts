import type { AcceptOutcome } from '../mempool/index.ts'
import type { TransactionFate } from '../peers/index.ts'
import type { BlockVerdict } from '../validation/index.ts'

/** Stands for the hash of bytes that are no item. */
export const NO_HASH = new Uint8Array(32)

/** The members that a tag adds. */
export function tagged(tag: string | undefined): { tag?: string } {
  return tag === undefined ? {} : { tag }
}

/** What became of an unconfirmed transaction, as a verdict. */
export function verdictOf(outcome: AcceptOutcome): BlockVerdict {
  if (outcome.kind === 'accepted') return { outcome: 'accepted' }
  return outcome.kind === 'known' ? { outcome: 'duplicate', reason: outcome.reason } : outcome.rejection
}

/** The same for the peers' logic. */
export function fateOf(outcome: AcceptOutcome): TransactionFate {
  switch (outcome.kind) {
    case 'accepted':
    case 'known':
      return { kind: outcome.kind }
    case 'missing':
      return { kind: 'orphan', parents: outcome.parents }
    case 'refused':
      return { kind: 'refused', byWitness: outcome.otherWitness, reason: outcome.rejection.reason }
  }
}
