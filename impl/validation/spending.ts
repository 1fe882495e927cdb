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

/** A coinbase output may be spent by a block at least `coinbaseMaturity` above its own. [Core COINBASE_MATURITY] */
export function isMature(
  coin: Pick<SpentCoin, 'height' | 'isCoinbase'>,
  spendHeight: number,
  limits: ChainLimits,
): boolean {
  return !coin.isCoinbase || spendHeight - coin.height >= limits.coinbaseMaturity
}

/**
 * Maturity and values of a transaction whose coins are all at hand. For an unconfirmed transaction an immature coin is
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
    if (!isMature(coin, spendHeight, limits))
      return reject(
        immature,
        'bad-txns-premature-spend-of-coinbase',
        `tried to spend coinbase at depth ${spendHeight - coin.height}`,
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
