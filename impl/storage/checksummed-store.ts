import { concatBytes } from '../wire/index.ts'
import { crc32c } from './crc32c.ts'
import { deleteRange } from './delete-range.ts'
import type { OrderedStore, StoreOperation } from './ports.ts'
import { StoreError } from './store-error.ts'

const CHECKSUM_BYTES = 4

/**
 * An ordered store that trusts no byte of the one below: behind each value stand four bytes that depend on key and
 * value, and are compared whenever the value is read. A value that fails was damaged on disk: `onDamage` is written,
 * for the next opening to find, and StoreError is thrown.
 */
export class ChecksummedStore implements OrderedStore {
  readonly #store: OrderedStore
  readonly #onDamage: StoreOperation

  constructor(store: OrderedStore, onDamage: StoreOperation) {
    this.#store = store
    this.#onDamage = this.#sealed(onDamage)
  }

  get(key: Uint8Array): Uint8Array | undefined {
    const sealed = this.#store.get(key)
    return sealed === undefined ? undefined : this.#open(key, sealed)
  }

  *range(...bounds: Parameters<OrderedStore['range']>): Iterable<[Uint8Array, Uint8Array]> {
    for (const [key, sealed] of this.#store.range(...bounds)) yield [key, this.#open(key, sealed)]
  }

  batch(operations: readonly StoreOperation[]): void {
    this.#store.batch(operations.map((operation) => this.#sealed(operation)))
  }

  sync(): void {
    this.#store.sync()
  }

  clear(): void {
    clearStore(this.#store)
  }

  close(): void {
    this.#store.close()
  }

  #sealed(operation: StoreOperation): StoreOperation {
    if ('delete' in operation) return operation
    const { put, value } = operation
    const sum = crc32c(put, value)
    return { put, value: concatBytes(value, Uint8Array.of(sum, sum >>> 8, sum >>> 16, sum >>> 24)) }
  }

  #open(key: Uint8Array, sealed: Uint8Array): Uint8Array {
    const end = sealed.length - CHECKSUM_BYTES
    if (end >= 0) {
      const value = sealed.subarray(0, end)
      const sum = crc32c(key, value)
      if (
        sealed[end] === (sum & 0xff) &&
        sealed[end + 1] === ((sum >>> 8) & 0xff) &&
        sealed[end + 2] === ((sum >>> 16) & 0xff) &&
        sealed[end + 3] === sum >>> 24
      )
        return value
    }
    this.#store.batch([this.#onDamage])
    this.#store.sync()
    throw new StoreError('a value in the store is damaged; it is rebuilt from the blocks at the next start')
  }
}

const FIRST_KEY = new Uint8Array(0)
/** No key of ours begins with it. */
const LAST_KEY = Uint8Array.of(0xff)

/** Removes everything from a store; may be cut short and repeated. @throws StoreError as `deleteRange` does, where the store has no `clear` */
export function clearStore(store: OrderedStore): void {
  if (store.clear !== undefined) {
    store.clear()
    return
  }
  deleteRange(store, FIRST_KEY, LAST_KEY)
  store.sync()
}
