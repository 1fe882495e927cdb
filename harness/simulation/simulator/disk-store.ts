import type { OrderedStore, StoreOperation } from '../../ports/index.ts'
import { type ReadGate, type Survival, surviving, type WriteGate } from './disk-contract.ts'

const ROTTEN_SPACING = 4

/** What to put back to undo one batch; an undefined value means the key was absent. */
type UndoBatch = readonly (readonly [key: string, value: Uint8Array | undefined])[]

/** An ordered store in memory that can take back the batches since the last sync, newest first. */
export class SimulatedStore implements OrderedStore {
  readonly #values = new Map<string, Uint8Array>()
  /** Keys of records whose checksum is wrong. */
  readonly #unreadable = new Set<string>()
  #unsynced: UndoBatch[] = []
  #sortedKeys: string[] | undefined
  readonly #beforeWrite: WriteGate
  readonly #beforeRead: ReadGate

  constructor(beforeWrite: WriteGate, beforeRead: ReadGate) {
    this.#beforeWrite = beforeWrite
    this.#beforeRead = beforeRead
  }

  get(key: Uint8Array): Uint8Array | undefined {
    this.#beforeRead()
    return this.#read(encodeKey(key))
  }

  *range(
    start: Uint8Array,
    end: Uint8Array,
    options: { readonly reverse?: boolean; readonly limit?: number } = {},
  ): Iterable<[Uint8Array, Uint8Array]> {
    this.#beforeRead()
    this.#sortedKeys ??= [...this.#values.keys()].sort()
    const from = lowerBound(this.#sortedKeys, encodeKey(start))
    const to = lowerBound(this.#sortedKeys, encodeKey(end))
    const keys = this.#sortedKeys.slice(from, to)
    if (options.reverse) keys.reverse()
    for (const key of keys.slice(0, options.limit)) {
      const value = this.#read(key)
      if (value !== undefined) yield [Uint8Array.from(Buffer.from(key, 'latin1')), value]
    }
  }

  batch(operations: readonly StoreOperation[]): void {
    this.#beforeWrite('grow')
    this.#unsynced.push(
      operations.map((operation) => {
        const key = encodeKey('put' in operation ? operation.put : operation.delete)
        const before = this.#values.get(key)
        // A copy: the node may use its buffer again.
        this.#set(key, 'put' in operation ? operation.value.slice() : undefined)
        return [key, before] as const
      }),
    )
  }

  sync(): void {
    this.#beforeWrite('other')
    this.#unsynced = []
  }

  close(): void {}

  /** The machine has stopped: a suffix of the un-synced batches is taken back. */
  loseUnsynced(survives: Survival): void {
    const kept = surviving(this.#unsynced.length, survives)
    for (const undo of this.#unsynced.slice(kept).reverse())
      for (const [key, value] of [...undo].reverse()) this.#set(key, value)
    this.#unsynced = []
  }

  /** From now on this record, modulo how many there are, cannot be read; writing it again mends it. */
  spoil(index: number): void {
    this.#sortedKeys ??= [...this.#values.keys()].sort()
    const key = this.#sortedKeys[index % Math.max(this.#sortedKeys.length, 1)]
    if (key !== undefined) this.#unreadable.add(key)
  }

  /** Inverts one bit in every fourth value; `argument` says which of them, and which bit. */
  rot(argument: number): void {
    for (const [index, key] of [...this.#values.keys()].sort().entries()) {
      const value = this.#values.get(key)!
      if ((index + argument) % ROTTEN_SPACING !== 0 || value.length === 0) continue
      const bit = Math.floor(argument / ROTTEN_SPACING) % (8 * value.length)
      this.#values.set(
        key,
        value.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)),
      )
    }
  }

  /** Every record is gone. */
  wipe(): void {
    this.#values.clear()
    this.#unreadable.clear()
    this.#unsynced = []
    this.#sortedKeys = undefined
  }

  #read(key: string): Uint8Array | undefined {
    if (this.#unreadable.has(key)) throw new Error('corruption: the checksum of a record is wrong')
    return this.#values.get(key)
  }

  #set(key: string, value: Uint8Array | undefined): void {
    this.#unreadable.delete(key)
    if (value === undefined || !this.#values.has(key)) this.#sortedKeys = undefined
    if (value === undefined) this.#values.delete(key)
    else this.#values.set(key, value)
  }
}

/** One character a byte: strings of such characters sort as the bytes do. */
const encodeKey = (key: Uint8Array) =>
  Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1')

function lowerBound(keys: readonly string[], key: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (keys[middle]! < key) low = middle + 1
    else high = middle
  }
  return low
}
