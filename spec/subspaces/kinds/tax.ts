import { atLeast } from '../../language/index.ts'
import { sumSats } from '../../vocabulary/index.ts'
import type { RequirementKind } from '../kind.ts'
import { ownerOf, paidAway } from '../payment.ts'

/** A share of what is paid, in ten-thousandths, to a collector by its script in hex. */
export interface Tax {
  readonly collector: string
  readonly perTenThousand: number
}

/** Of all that is paid to others than the payers and the collector, the collector MUST receive a share besides; change is free. */
export const tax: RequirementKind<Tax> = {
  kind: 'tax',
  must: 'The collector MUST receive a share of all that is paid to others; change is free.',
  about: ({ collector }) => collector,
  check({ collector, perTenThousand }, payment) {
    const total = (outputs: typeof payment.spent) => sumSats(outputs.map(({ value }) => value))
    const taxed = total(paidAway(payment).filter((output) => ownerOf(output) !== collector))
    const paid = total(payment.transaction.outputs.filter((output) => ownerOf(output) === collector))
    return atLeast((taxed * BigInt(perTenThousand) + ROUND_UP) / WHOLE, paid)
  },
  meet: (left, right) => (left.perTenThousand >= right.perTenThousand ? left : right),
}

const WHOLE = 10_000n
const ROUND_UP = WHOLE - 1n
