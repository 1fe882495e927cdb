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
  meet(left, right) {
    const unit = BigInt(left.unitSats / commonDivisor(left.unitSats, right.unitSats)) * BigInt(right.unitSats)
    return { unitSats: unit < MORE_THAN_ALL_MONEY ? Number(unit) : Number(MORE_THAN_ALL_MONEY) }
  },
}

/** A unit above all money that may exist: it leaves no amount but nothing, as every larger one does. */
const MORE_THAN_ALL_MONEY = BigInt(Number.MAX_SAFE_INTEGER)

function commonDivisor(left: number, right: number): number {
  return right === 0 ? left : commonDivisor(right, left % right)
}
