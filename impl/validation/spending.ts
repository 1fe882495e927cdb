import type { ChainLimits } from '../chains/index.ts'
import type { Transaction } from '../wire/index.ts'
import { formatAmount } from './amount.ts'
import { invalid, type Rejection, reject } from './rejection.ts'

/** What the spending rules ask of one coin. */
export interface SpentCoin {
  readonly height: number
  readonly isCoinbase: boolean
  readonly value: number
}

/**
 * Maturity and values of a transaction whose coins are all at hand. For a loose transaction an immature coin is
 * premature, in a block it is invalid: `immature` says which. Returns the fee in sats. [Core Consensus::CheckTxInputs]
 */
export function checkSpending(
  transaction: Transaction,
  coinOf: (inputIndex: number) => SpentCoin,
  spendHeight: number,
  limits: ChainLimits,
  immature: 'invalid' | 'premature',
): number | Rejection {
  let valueIn = 0
  for (let i = 0; i < transaction.inputs.length; i++) {
    const coin = coinOf(i)
    const depth = spendHeight - coin.height
    if (coin.isCoinbase && depth < limits.coinbaseMaturity)
      return reject(
        immature,
        'bad-txns-premature-spend-of-coinbase',
        `tried to spend coinbase at depth ${depth}`,
      )
    valueIn += coin.value
    if (coin.value > limits.maxMoney || valueIn > limits.maxMoney)
      return invalid('bad-txns-inputvalues-outofrange')
  }
  let valueOut = 0
  for (const output of transaction.outputs) valueOut += output.value
  return valueIn < valueOut
    ? invalid(
        'bad-txns-in-belowout',
        `value in (${formatAmount(valueIn)}) < value out (${formatAmount(valueOut)})`,
      )
    : valueIn - valueOut
}
