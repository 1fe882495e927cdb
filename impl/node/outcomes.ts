import type { AcceptOutcome } from '../mempool/index.ts'
import type { TransactionFate } from '../peers/index.ts'
import type { BlockVerdict } from '../validation/index.ts'

/** What the pool made of a transaction, as a verdict. */
export function verdictOf(outcome: AcceptOutcome): BlockVerdict {
  if (outcome.kind === 'accepted') return { outcome: 'accepted' }
  return outcome.kind === 'known' ? { outcome: 'duplicate', reason: outcome.reason } : outcome.rejection
}

/** What the pool made of a transaction, as the peers' logic asks. */
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
