/** Named files that are only read. */
export interface ReadableFiles {
  list(): string[]
  /** Bytes; 0 when the file is absent. */
  size(name: string): number
  /** At most `length` bytes from `offset` on; fewer where the file ends. */
  read(name: string, offset: number, length: number): Uint8Array
}

/**
 * Named files that only grow or are cut. Bytes written since the last `sync` may vanish or tear in a crash;
 * `rename` and `remove` are durable when they return.
 */
export interface Files extends ReadableFiles {
  /** Returns the offset at which the bytes were written. */
  append(name: string, bytes: Uint8Array): number
  truncate(name: string, length: number): void
  sync(name: string): void
  rename(from: string, to: string): void
  remove(name: string): void
}

export type StoreOperation =
  | { readonly put: Uint8Array; readonly value: Uint8Array }
  | { readonly delete: Uint8Array }

/** Sorted keys with values. A batch is applied whole or not at all; in a crash a suffix of the un-synced batches may vanish. */
export interface OrderedStore {
  get(key: Uint8Array): Uint8Array | undefined
  /** Keys from `start` up to, not including, `end`, in the order of their bytes. */
  range(
    start: Uint8Array,
    end: Uint8Array,
    options?: { readonly reverse?: boolean; readonly limit?: number },
  ): Iterable<[Uint8Array, Uint8Array]>
  batch(operations: readonly StoreOperation[]): void
  /** When it returns, everything batched so far is durable. */
  sync(): void
  /** Removes everything, whatever state it is in. Where it is absent, keys are deleted one by one. */
  clear?(): void
  close(): void
}
