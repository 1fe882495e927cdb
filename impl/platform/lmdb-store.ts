import fs from 'node:fs'
import { open, type RootDatabase } from 'lmdb'
import type { OrderedStore, StoreOperation } from '../storage/index.ts'

/**
 * The ordered store on disk, over LMDB: a memory-mapped B-tree whose commits are atomic. Every batch is durable when
 * `batch` returns. Of the two stores measured it is the one with synchronous batches and ranges, and reads twice as
 * fast as LevelDB; its file is four times as large.
 */
export class LmdbStore implements OrderedStore {
  readonly #database: RootDatabase<Uint8Array, Uint8Array>

  /** `directory` is made if it is missing. Throws when another process has broken it or it cannot be opened. */
  constructor(directory: string) {
    fs.mkdirSync(directory, { recursive: true })
    this.#database = open<Uint8Array, Uint8Array>({
      path: directory,
      encoding: 'binary',
      keyEncoding: 'binary',
      overlappingSync: false,
      noSubdir: false,
    })
  }

  get(key: Uint8Array): Uint8Array | undefined {
    return this.#database.getBinary(key)
  }

  *range(
    start: Uint8Array,
    end: Uint8Array,
    options: { readonly reverse?: boolean; readonly limit?: number } = {},
  ): Iterable<[Uint8Array, Uint8Array]> {
    const limit = options.limit === undefined ? {} : { limit: options.limit }
    const bounds =
      options.reverse === true
        ? { start: end, end: start, reverse: true, exclusiveStart: true, inclusiveEnd: true }
        : { start, end }
    for (const { key, value } of this.#database.getRange({ ...bounds, ...limit })) yield [key, value]
  }

  batch(operations: readonly StoreOperation[]): void {
    this.#database.transactionSync(() => {
      for (const operation of operations)
        if ('put' in operation) this.#database.putSync(operation.put, operation.value)
        else this.#database.removeSync(operation.delete)
    })
  }

  /** Nothing is left to do: a batch is durable at once. */
  sync(): void {}

  close(): void {
    void this.#database.close()
  }
}
