import type { Files, OrderedStore, StoreOperation } from '../storage/index.ts'

type Contents = Map<string, Uint8Array>

/**
 * Files and an ordered store that remember what is durable. A crash keeps the durable bytes and a part of the others:
 * of the files a torn beginning, of the store some of the batches made since it was synced.
 */
export class LossyStorage {
  /** Called before each write and sync. */
  beforeWrite: () => void = () => {}
  #files: Contents = new Map()
  #durableFiles: Contents = new Map()
  #values = new Map<string, { key: Uint8Array; value: Uint8Array }>()
  #durableValues = new Map<string, { key: Uint8Array; value: Uint8Array }>()
  #pending: (readonly StoreOperation[])[] = []
  readonly files: Files = this.#makeFiles()
  readonly store: OrderedStore = this.#makeStore()

  /** What a restart would find after a crash now; `kept` from 0 to 1 says how much of what is not durable survives. */
  afterCrash(kept: number): LossyStorage {
    const survivor = new LossyStorage()
    for (const [name, bytes] of this.#files) {
      const durable = this.#durableFiles.get(name)?.length ?? 0
      const length = Math.min(bytes.length, durable + Math.floor((bytes.length - durable) * kept))
      if (length > 0) survivor.#files.set(name, bytes.slice(0, length))
    }
    survivor.#durableFiles = new Map(survivor.#files)
    survivor.#values = new Map(this.#durableValues)
    for (const batch of this.#pending.slice(0, Math.floor(this.#pending.length * kept)))
      apply(survivor.#values, batch)
    survivor.#durableValues = new Map(survivor.#values)
    return survivor
  }

  #makeFiles(): Files {
    const get = (name: string) => this.#files.get(name) ?? new Uint8Array(0)
    return {
      list: () => [...this.#files.keys()].sort(),
      size: (name) => get(name).length,
      read: (name, offset, length) => get(name).slice(offset, offset + length),
      append: (name, bytes) => {
        this.beforeWrite()
        const old = get(name)
        const grown = new Uint8Array(old.length + bytes.length)
        grown.set(old)
        grown.set(bytes, old.length)
        this.#files.set(name, grown)
        return old.length
      },
      truncate: (name, length) => {
        this.beforeWrite()
        this.#files.set(name, get(name).slice(0, length))
        this.#durableFiles.set(name, (this.#durableFiles.get(name) ?? new Uint8Array(0)).slice(0, length))
      },
      sync: (name) => {
        this.beforeWrite()
        this.#durableFiles.set(name, get(name))
      },
      rename: () => {
        throw new Error('not used')
      },
      remove: (name) => {
        this.beforeWrite()
        this.#files.delete(name)
        this.#durableFiles.delete(name)
      },
    }
  }

  #makeStore(): OrderedStore {
    const values = () => this.#values
    return {
      get: (key) => values().get(keyText(key))?.value,
      *range(start, end) {
        const [from, to] = [keyText(start), keyText(end)]
        for (const text of [...values().keys()].filter((key) => key >= from && key < to).sort()) {
          const { key, value } = values().get(text)!
          yield [key, value]
        }
      },
      batch: (operations) => {
        this.beforeWrite()
        apply(this.#values, operations)
        this.#pending.push(operations)
      },
      sync: () => {
        this.beforeWrite()
        this.#durableValues = new Map(this.#values)
        this.#pending = []
      },
      close: () => {},
    }
  }
}

function apply(
  values: Map<string, { key: Uint8Array; value: Uint8Array }>,
  batch: readonly StoreOperation[],
): void {
  for (const operation of batch)
    if ('put' in operation)
      values.set(keyText(operation.put), { key: operation.put.slice(), value: operation.value.slice() })
    else values.delete(keyText(operation.delete))
}

function keyText(key: Uint8Array): string {
  return String.fromCharCode(...key)
}
