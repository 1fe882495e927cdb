import { crc32c, type OrderedStore, StoreError, type StoreOperation } from '../storage/index.ts'
import { concatBytes, type Hasher } from '../wire/index.ts'
import { BytePool } from './byte-pool.ts'
import { type Coin, OUTPOINT_BYTES, scriptAt, valueAt } from './coin-record.ts'
import { CoinTable, DIRTY, FRESH, NO_ENTRY, SPENT } from './coin-table.ts'
import { CoinDigest } from './digest.ts'
import type { CoinTotals } from './state-record.ts'
import { COIN_KEY_BYTES, COIN_KEYS, putCoinKey, subjectOf } from './store-keys.ts'

/**
 * The unspent coins at the tip: a table over the store. Entries are numbers of the table; they and the views got
 * through them are good until `endBlock`.
 */
export class CoinCache {
  readonly #store: OrderedStore
  readonly #hasher: Hasher
  readonly #table: CoinTable
  /** For asking the store. */
  readonly #key = new Uint8Array(COIN_KEY_BYTES)
  #count: number
  #sum: number
  #digest: CoinDigest | undefined

  /** `totals` are those of the coins in the store; without a digest one is computed when first asked for. */
  constructor(store: OrderedStore, hasher: Hasher, salt: number, totals: CoinTotals = NO_COINS) {
    this.#store = store
    this.#hasher = hasher
    this.#table = new CoinTable(salt)
    this.#count = totals.count
    this.#sum = totals.sum
    this.#digest = totals.digest && new CoinDigest(hasher, totals.digest)
  }

  /** Number of unspent coins. */
  get count(): number {
    return this.#count
  }

  /** Bytes of memory that coins take, those on their way to the store included. */
  get bytesUsed(): number {
    return this.#table.bytesUsed
  }

  /** Sum of the hashes of all unspent coins, least significant byte first. */
  digest(): Uint8Array {
    this.#digest ??= this.#recount()
    return this.#digest.bytes()
  }

  /** The same sum, from the coins as they are read now. Throws StoreError where one is damaged. */
  recountedDigest(): Uint8Array {
    return this.#recount().bytes()
  }

  #recount(): CoinDigest {
    const digest = new CoinDigest(this.#hasher)
    for (const record of this.records()) digest.add(record)
    return digest
  }

  /** What a flush stores beside the coins; the digest only if it is being kept. */
  totals(): CoinTotals {
    return { count: this.#count, sum: this.#sum, digest: this.#digest?.bytes() }
  }

  /**
   * Counts and adds up all coins in the store, before any is changed. Throws StoreError where they are not those of the
   * totals: some were lost, or came back.
   */
  check(): void {
    let count = 0
    let sum = 0
    for (const [key, tail] of this.#store.range(COIN_KEYS.start, COIN_KEYS.end)) {
      count++
      sum = (sum + crc32c(subjectOf(key), tail)) >>> 0
    }
    if (count !== this.#count || sum !== this.#sum)
      throw new StoreError(`the store holds ${count} coins that are not the ${this.#count} of its tip`)
  }

  /** Entry of an unspent coin, read from the store if need be; NO_ENTRY when there is none. */
  lookup(outpoint: Uint8Array): number {
    let entry = this.#table.find(outpoint)
    if (entry === NO_ENTRY) {
      const tail = this.#store.get(putCoinKey(this.#key, outpoint))
      if (tail === undefined) return NO_ENTRY
      entry = this.#table.insertTail(outpoint, tail, 0)
    }
    return (this.#table.flags(entry) & SPENT) === 0 ? entry : NO_ENTRY
  }

  code(entry: number): number {
    return this.#table.code(entry)
  }

  value(entry: number): number {
    return this.#table.value(entry)
  }

  script(entry: number): Uint8Array {
    return this.#table.script(entry)
  }

  /** Everything of the coin but its outpoint, as undo data holds it. */
  tail(entry: number): Uint8Array {
    return this.#table.record(entry).subarray(OUTPOINT_BYTES)
  }

  spend(entry: number): void {
    this.#count--
    this.#sum = (this.#sum - checksumOf(this.#table.record(entry))) >>> 0
    this.#digest?.subtract(this.#table.record(entry))
    const flags = this.#table.flags(entry)
    if ((flags & FRESH) !== 0) this.#table.remove(entry)
    else this.#table.setFlags(entry, DIRTY | SPENT)
  }

  /** Adds a coin where none is. */
  add(outpoint: Uint8Array, code: number, value: number, script: Uint8Array): void {
    const flags = this.#makeRoom(outpoint)
    this.#added(this.#table.insert(outpoint, code, value, script, flags))
  }

  /** The same from undo data. */
  restore(outpoint: Uint8Array, tail: Uint8Array): void {
    const flags = this.#makeRoom(outpoint)
    this.#added(this.#table.insertTail(outpoint, tail, flags))
  }

  /** Corrects the totals after coins were moved from a state between two tips. */
  setTotals({ count, sum, digest }: CoinTotals): void {
    this.#count = count
    this.#sum = sum
    this.#digest = digest && new CoinDigest(this.#hasher, digest)
  }

  /** After a block: what it removed may be overwritten. */
  endBlock(): void {
    this.#table.reuseRemoved()
  }

  /**
   * Operations that bring the store up to date, at most `limit`, from entry `from` on; they count as done.
   * `next` is where to go on, undefined at the end.
   */
  flushSlice(from: number, limit: number): { operations: StoreOperation[]; next: number | undefined } {
    const operations: StoreOperation[] = []
    const table = this.#table
    const pool = new BytePool()
    let entry = from
    for (; entry < table.entryEnd && operations.length < limit; entry++) {
      if (!table.isUsed(entry)) continue
      const flags = table.flags(entry)
      if ((flags & DIRTY) === 0) continue
      const record = table.record(entry)
      const key = putCoinKey(pool.take(COIN_KEY_BYTES), record)
      if ((flags & SPENT) !== 0) {
        operations.push({ delete: key })
        table.remove(entry)
      } else {
        operations.push({ put: key, value: pool.copy(record.subarray(OUTPOINT_BYTES)) })
        table.setFlags(entry, 0)
      }
    }
    return { operations, next: entry < table.entryEnd ? entry : undefined }
  }

  /** Drops all entries; only after a complete flush. */
  evict(): void {
    this.#table.clear()
  }

  /** A coin by itself, copied; undefined when it is not there or spent. */
  coin(outpoint: Uint8Array): Coin | undefined {
    const entry = this.lookup(outpoint)
    if (entry === NO_ENTRY) return undefined
    const code = this.code(entry)
    return {
      height: code >>> 1,
      isCoinbase: (code & 1) === 1,
      value: this.value(entry),
      script: this.script(entry).slice(),
    }
  }

  /** Sats in coins of exactly this script: walks over all coins. */
  balanceOf(script: Uint8Array): bigint {
    let sum = 0n
    for (const record of this.records()) {
      const own = scriptAt(record, 0)
      if (own.length === script.length && own.every((byte, i) => byte === script[i]))
        sum += BigInt(valueAt(viewOf(record), 0))
    }
    return sum
  }

  /** Every unspent coin as a record, in no order; nothing may be changed meanwhile. */
  *records(): Generator<Uint8Array> {
    const table = this.#table
    for (const [key, tail] of this.#store.range(COIN_KEYS.start, COIN_KEYS.end)) {
      const outpoint = subjectOf(key)
      if (table.find(outpoint) === NO_ENTRY) yield concatBytes(outpoint, tail)
    }
    for (let entry = 0; entry < table.entryEnd; entry++)
      if (table.isUsed(entry) && (table.flags(entry) & SPENT) === 0) yield table.record(entry)
  }

  /** Removes what may be under an outpoint and returns the flags of a coin that takes its place. */
  #makeRoom(outpoint: Uint8Array): number {
    const entry = this.#table.find(outpoint)
    if (entry === NO_ENTRY) return DIRTY | FRESH
    const flags = this.#table.flags(entry)
    this.#table.remove(entry)
    return DIRTY | (flags & FRESH)
  }

  #added(entry: number): void {
    this.#count++
    this.#sum = (this.#sum + checksumOf(this.#table.record(entry))) >>> 0
    this.#digest?.add(this.#table.record(entry))
  }
}

const NO_COINS: CoinTotals = { count: 0, sum: 0, digest: undefined }
const NOTHING = new Uint8Array(0)

/** What a coin adds to the sum of all. */
function checksumOf(record: Uint8Array): number {
  return crc32c(record, NOTHING)
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
