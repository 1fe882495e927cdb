import { hash } from 'node:crypto'
import { concatBytes, counted, littleEndian, toBigInt, uint32 } from './bytes.ts'

/** One unspent output. */
export interface RawCoin {
  /** As serialized. */
  readonly txid: Uint8Array
  readonly index: number
  readonly height: number
  readonly isCoinbase: boolean
  readonly value: bigint
  readonly script: Uint8Array
}

const MODULUS = 1n << 256n

/** The sum of the coins' hashes, as [coin-digest.md](../ports/coin-digest.md) says. */
export function digestOfCoins(coins: Iterable<RawCoin>): string {
  let sum = 0n
  for (const coin of coins) sum += coinNumber(coin)
  return (sum % MODULUS).toString(16).padStart(64, '0')
}

function coinNumber({ txid, index, height, isCoinbase, value, script }: RawCoin): bigint {
  const serialized = concatBytes(
    txid,
    uint32(index),
    uint32(height * 2 + (isCoinbase ? 1 : 0)),
    littleEndian(value, 8),
    counted(script),
  )
  return toBigInt(hash('sha256', serialized, 'buffer'))
}
