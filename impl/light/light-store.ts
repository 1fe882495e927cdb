import type { OrderedStore, StoreOperation } from '../storage/index.ts'
import { concatBytes, equalBytes } from '../wire/index.ts'

/** i: hash of the genesis of the chain that the store belongs to. */
const IDENTITY_KEY = Uint8Array.of(0x69)
/** h: number in the order of arrival -> header. */
const HEADER = 0x68
/** f: height -> hash of the block, hash of its filter. */
const FILTER = 0x66
const HASH_BYTES = 32

/** What peers have agreed on about one block. */
export interface StoredFilter {
  readonly blockHash: Uint8Array
  readonly filterHash: Uint8Array
}

/**
 * Headers in the order in which they came, and the hashes of filters. Each step is one batch, so that whatever a crash
 * leaves is what was there at some earlier step.
 */
export class LightStore {
  readonly #store: OrderedStore
  #headers = 0

  /** Throws when the store belongs to another chain. */
  constructor(store: OrderedStore, genesisHash: Uint8Array) {
    this.#store = store
    const identity = store.get(IDENTITY_KEY)
    if (identity === undefined) store.batch([{ put: IDENTITY_KEY, value: genesisHash }])
    else if (!equalBytes(identity, genesisHash)) throw new Error('the store holds headers of another chain')
  }

  /** The first `count` headers are kept; later ones could not be read and are written again. */
  keepHeaders(count: number): void {
    this.#headers = count
    this.#cut(HEADER, count)
  }

  headers(): Iterable<Uint8Array> {
    return this.#values(HEADER)
  }

  addHeaders(headers: readonly Uint8Array[]): void {
    if (headers.length === 0) return
    this.#store.batch(headers.map((value) => ({ put: keyOf(HEADER, this.#headers++), value })))
  }

  /** From height 1 on. */
  *filters(): Iterable<StoredFilter> {
    for (const value of this.#values(FILTER))
      yield { blockHash: value.slice(0, HASH_BYTES), filterHash: value.slice(HASH_BYTES) }
  }

  addFilters(height: number, filters: readonly StoredFilter[]): void {
    const operations: StoreOperation[] = filters.map(({ blockHash, filterHash }, i) => {
      return { put: keyOf(FILTER, height + i), value: concatBytes(blockHash, filterHash) }
    })
    this.#store.batch(operations)
  }

  /** Forgets the filters above a height. */
  cutFilters(height: number): void {
    this.#cut(FILTER, height + 1)
  }

  sync(): void {
    this.#store.sync()
  }

  *#values(kind: number): Iterable<Uint8Array> {
    for (const [, value] of this.#store.range(Uint8Array.of(kind), Uint8Array.of(kind + 1))) yield value
  }

  #cut(kind: number, from: number): void {
    const operations: StoreOperation[] = []
    for (const [key] of this.#store.range(keyOf(kind, from), Uint8Array.of(kind + 1)))
      operations.push({ delete: key })
    if (operations.length > 0) this.#store.batch(operations)
  }
}

/** Numbers most significant byte first, so that keys stand in their order. */
function keyOf(kind: number, number: number): Uint8Array {
  const key = new Uint8Array(5)
  key[0] = kind
  new DataView(key.buffer).setUint32(1, number, false)
  return key
}
