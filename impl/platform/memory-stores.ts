import type { Files, OrderedStore, StoreOperation } from '../storage/index.ts'

/** Files in memory: nothing is ever lost but at the end of the process. */
export class MemoryFiles implements Files {
  readonly #files = new Map<string, { bytes: Buffer; length: number }>()

  list(): string[] {
    return [...this.#files.keys()].sort()
  }

  size(name: string): number {
    return this.#files.get(name)?.length ?? 0
  }

  read(name: string, offset: number, length: number): Uint8Array {
    const file = this.#files.get(name)
    if (file === undefined || offset >= file.length) return new Uint8Array(0)
    return new Uint8Array(file.bytes.subarray(offset, Math.min(offset + length, file.length)))
  }

  append(name: string, bytes: Uint8Array): number {
    const file = this.#files.get(name) ?? { bytes: Buffer.alloc(0), length: 0 }
    this.#files.set(name, file)
    const offset = file.length
    if (offset + bytes.length > file.bytes.length) {
      const larger = Buffer.alloc(Math.max(2 * file.bytes.length, offset + bytes.length))
      file.bytes.copy(larger, 0, 0, offset)
      file.bytes = larger
    }
    file.bytes.set(bytes, offset)
    file.length = offset + bytes.length
    return offset
  }

  truncate(name: string, length: number): void {
    const file = this.#files.get(name)
    if (file !== undefined) file.length = Math.min(file.length, length)
  }

  sync(): void {}

  rename(from: string, to: string): void {
    const file = this.#files.get(from)
    if (file === undefined) throw new Error(`no file ${from}`)
    this.#files.delete(from)
    this.#files.set(to, file)
  }

  remove(name: string): void {
    this.#files.delete(name)
  }
}

/** A sorted store in memory. */
export class MemoryOrderedStore implements OrderedStore {
  readonly #values = new Map<string, Uint8Array>()
  #sortedKeys: string[] | undefined

  get(key: Uint8Array): Uint8Array | undefined {
    return this.#values.get(keyText(key))
  }

  *range(
    start: Uint8Array,
    end: Uint8Array,
    options: { readonly reverse?: boolean; readonly limit?: number } = {},
  ): Iterable<[Uint8Array, Uint8Array]> {
    this.#sortedKeys ??= [...this.#values.keys()].sort()
    const [from, to] = [keyText(start), keyText(end)]
    const keys = this.#sortedKeys.filter((key) => key >= from && key < to)
    if (options.reverse === true) keys.reverse()
    for (const key of keys.slice(0, options.limit)) {
      const value = this.#values.get(key)
      if (value !== undefined) yield [new Uint8Array(Buffer.from(key, 'latin1')), value]
    }
  }

  batch(operations: readonly StoreOperation[]): void {
    for (const operation of operations)
      if ('put' in operation) this.#values.set(keyText(operation.put), operation.value.slice())
      else this.#values.delete(keyText(operation.delete))
    this.#sortedKeys = undefined
  }

  sync(): void {}

  clear(): void {
    this.#values.clear()
    this.#sortedKeys = undefined
  }

  close(): void {}
}

/** One character a byte: the order of the texts is the order of the bytes. */
function keyText(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1')
}
