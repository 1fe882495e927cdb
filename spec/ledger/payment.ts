import type { Outpoint } from '../vocabulary/index.ts'
import type { Account } from './account.ts'
import { type Book, quantumAt, unspentAt } from './book.ts'
import { sourcesOf } from './provenance.ts'
import type { Quantum } from './quantum.ts'

/** What a payee (李四) learns before accepting an output from a payer. */
export type PaymentCheck =
  | { readonly accept: true; readonly quantum: Quantum; readonly sources: readonly Quantum[] }
  | {
      readonly accept: false
      readonly because: 'no-source' | 'spent' | 'not-the-owner'
      readonly quantum?: Quantum
    }

/**
 * May a payee accept this coin? Its source MUST be found, it MUST be unspent, and the payer MUST own it.
 * [the paper §1.1: 李四 checks 身世档案 before accepting]
 */
export function checkPayment(book: Book, outpoint: Outpoint, payer?: Account): PaymentCheck {
  const known = quantumAt(book, outpoint)
  if (!known) return { accept: false, because: 'no-source' }
  const quantum = unspentAt(book, outpoint)
  if (!quantum) return { accept: false, because: 'spent', quantum: known }
  if (payer !== undefined && quantum.account !== payer)
    return { accept: false, because: 'not-the-owner', quantum }
  return { accept: true, quantum, sources: sourcesOf(book, quantum.coordinate) }
}
