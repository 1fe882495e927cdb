import type { Outcome } from '../language/index.ts'
import type { Payment } from './payment.ts'

/**
 * One kind of requirement: a coordinate of the paper's space. Of two requirements of a kind that speak of the same
 * thing, `meet` is the one requirement that accepts exactly what both accept.
 */
export interface RequirementKind<Terms> {
  readonly kind: string
  /** One sentence. */
  readonly must: string
  /** What these terms are about: terms about different things stand side by side. */
  about(terms: Terms): string
  check(terms: Terms, payment: Payment): Outcome
  meet(left: Terms, right: Terms): Terms
}
