import {
  ByteReader,
  ByteWriter,
  DecodeError,
  type Hasher,
  hashKey,
  hashOfKey,
  parseTransaction,
  type Transaction,
} from '../wire/index.ts'
import type { TransactionPool } from './pool.ts'

/** Files begin with it; bitcoind reads and writes them too. [Core MEMPOOL_DUMP_VERSION_NO_XOR_KEY] */
const VERSION = 1n
const TRANSACTION_BYTES_MIN = 60

/** What is kept of the pool over a restart. */
export interface SavedPool {
  /** In an order in which parents come first. Times in Unix seconds, deltas in sats. */
  readonly entries: readonly {
    readonly transaction: Transaction
    readonly addedAt: number
    readonly feeDelta: number
  }[]
  /** Deltas of transactions that are not there. */
  readonly feeDeltas: readonly (readonly [key: string, sats: number])[]
  /** Keys of transactions that no peer has fetched. */
  readonly unbroadcast: readonly string[]
}

/** The pool as a file `mempool.dat`. [Core DumpMempool] */
export function encodePool(pool: TransactionPool, isUnbroadcast: (key: string) => boolean): Uint8Array {
  const writer = new ByteWriter(1 << 16)
  const entries = [...pool.entries()].sort((a, b) => a.ancestors - b.ancestors || a.sequence - b.sequence)
  writer.u64(VERSION).u64(BigInt(entries.length))
  for (const { transaction, addedAt, key } of entries)
    writer.put(transaction.raw).i64FromNumber(addedAt).i64FromNumber(pool.feeDeltaOf(key))
  const others = [...pool.feeDeltas()].filter(([key]) => pool.get(key) === undefined)
  writer.compactSize(others.length)
  for (const [key, sats] of others) writer.put(hashOfKey(key)).i64FromNumber(sats)
  const unbroadcast = entries.map(({ key }) => key).filter(isUnbroadcast)
  writer.compactSize(unbroadcast.length)
  for (const key of unbroadcast) writer.put(hashOfKey(key))
  return writer.finish()
}

/** Throws DecodeError. */
export function decodePool(bytes: Uint8Array, hasher: Hasher): SavedPool {
  const reader = new ByteReader(bytes)
  const version = reader.u64()
  if (version !== VERSION) throw new DecodeError(`version ${version} of the pool file is not known`)
  const count = Number(reader.u64())
  if (count * TRANSACTION_BYTES_MIN > reader.remaining) throw new DecodeError('end of data')
  const entries = Array.from({ length: count }, () => ({
    transaction: parseTransaction(reader, hasher),
    addedAt: reader.i64AsNumber(),
    feeDelta: reader.i64AsNumber(),
  }))
  const feeDeltas = Array.from(
    { length: reader.count(40) },
    () => [hashKey(reader.take(32)), reader.i64AsNumber()] as const,
  )
  const unbroadcast = Array.from({ length: reader.count(32) }, () => hashKey(reader.take(32)))
  reader.finish()
  return { entries, feeDeltas, unbroadcast }
}
