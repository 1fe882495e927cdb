import type { Hasher } from '../wire/index.ts'
import type { CoinCache } from './coin-cache.ts'
import { type Coin, coinAt, OUTPOINT_BYTES } from './coin-record.ts'
import { type CoinHashType, type CoinStatistics, coinStatistics } from './coin-statistics.ts'

/** Questions about all unspent coins at the tip; each takes as long as there are coins. */
export class CoinWalk {
  readonly #coins: CoinCache
  readonly #hasher: Hasher

  constructor(coins: CoinCache, hasher: Hasher) {
    this.#coins = coins
    this.#hasher = hasher
  }

  /** Each coin with its outpoint, copied, in no order; nothing may be changed meanwhile. */
  *all(): Generator<[outpoint: Uint8Array, coin: Coin]> {
    for (const record of this.#coins.records()) yield [record.slice(0, OUTPOINT_BYTES), coinAt(record, 0)]
  }

  /** Sats in coins of exactly this script. */
  balanceOf(script: Uint8Array): bigint {
    return this.#coins.balanceOf(script)
  }

  statistics(type: CoinHashType): CoinStatistics {
    return coinStatistics(this.#coins.records(), type, this.#hasher)
  }
}
