import { compareBytes, concatBytes, type Hasher } from '../wire/index.ts'
import { OUTPOINT_BYTES, scriptAt, valueAt } from './coin-record.ts'
import { MuHash } from './muhash.ts'

/** How all unspent coins are hashed: as a set, in the order of their outpoints, or not at all. [Core CoinStatsHashType] */
export type CoinHashType = 'muhash' | 'serialized' | 'none'

/** What `gettxoutsetinfo` reports of all unspent coins. [Core CCoinsStats] */
export interface CoinStatistics {
  readonly transactions: number
  readonly coins: number
  /** Sats. */
  readonly amount: bigint
  /** A size that does not depend on how coins are stored. [Core GetBogoSize] */
  readonly bogoSize: number
  /** 32 bytes as serialized. */
  readonly hash: Uint8Array | undefined
}

/** txid, index, height and coinbase, value, length of the script. */
const BOGO_BYTES = 32 + 4 + 4 + 8 + 2

/** Walks over coins in the form of `coin-record.ts`, which is the one that Core hashes. */
export function coinStatistics(
  records: Iterable<Uint8Array>,
  type: CoinHashType,
  hasher: Hasher,
): CoinStatistics {
  const muhash = type === 'muhash' ? new MuHash(hasher) : undefined
  const kept: Uint8Array[] = []
  const txids = new Set<string>()
  let coins = 0
  let amount = 0n
  let bogoSize = 0
  for (const record of records) {
    coins++
    txids.add(String.fromCharCode(...record.subarray(0, 32)))
    amount += BigInt(valueAt(new DataView(record.buffer, record.byteOffset, record.byteLength), 0))
    bogoSize += BOGO_BYTES + scriptAt(record, 0).length
    muhash?.add(record)
    if (type === 'serialized') kept.push(record.slice())
  }
  const hash = type === 'serialized' ? hashInOrder(kept, hasher) : muhash?.digest()
  return { transactions: txids.size, coins, amount, bogoSize, hash }
}

/** Double SHA-256 of all records, by transaction id, then by index as a number. [Core ApplyHash of HashWriter] */
function hashInOrder(records: Uint8Array[], hasher: Hasher): Uint8Array {
  records.sort((a, b) => compareBytes(a.subarray(0, 32), b.subarray(0, 32)) || indexOf(a) - indexOf(b))
  return hasher.hash256(concatBytes(...records))
}

function indexOf(record: Uint8Array): number {
  return new DataView(record.buffer, record.byteOffset, OUTPOINT_BYTES).getUint32(32, true)
}
