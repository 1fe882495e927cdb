import { atMost } from '../../language/index.ts'
import { sumSats } from '../../vocabulary/index.ts'
import type { RequirementKind } from '../kind.ts'
import { paidAway } from '../payment.ts'

/** The most that one payment may move, in sats. */
export interface Ceiling {
  readonly sats: number
}

/** What leaves the payers MUST be no more than the ceiling. */
export const ceiling: RequirementKind<Ceiling> = {
  kind: 'ceiling',
  must: 'What leaves the payers MUST be no more than the ceiling.',
  about: () => '',
  check: ({ sats }, payment) => atMost(BigInt(sats), sumSats(paidAway(payment).map(({ value }) => value))),
  meet: (left, right) => (left.sats <= right.sats ? left : right),
}
