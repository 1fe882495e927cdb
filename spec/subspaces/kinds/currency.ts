import { broken, ok } from '../../language/index.ts'
import type { RequirementKind } from '../kind.ts'

/** The smallest amount that is money here, in sats. */
export interface Currency {
  readonly unitSats: number
}

/** Every output MUST be worth a whole number of units. Two units meet in their least common multiple. */
export const currency: RequirementKind<Currency> = {
  kind: 'currency',
  must: 'Every output MUST be worth a whole number of units.',
  about: () => '',
  check({ unitSats }, { transaction }) {
    const odd = transaction.outputs.find(({ value }) => value % BigInt(unitSats) !== 0n)
    return odd === undefined ? ok : broken(`a multiple of ${unitSats} sats`, odd.value)
  },
  meet: (left, right) => ({
    unitSats: (left.unitSats / commonDivisor(left.unitSats, right.unitSats)) * right.unitSats,
  }),
}

function commonDivisor(left: number, right: number): number {
  return right === 0 ? left : commonDivisor(right, left % right)
}
