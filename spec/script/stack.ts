import { fail } from './errors.ts'

/** Items of bytes, the top last. Asking for more than is there fails the script. */
export class Stack {
  readonly #items: Uint8Array[]

  constructor(items: readonly Uint8Array[] = []) {
    this.#items = [...items]
  }

  get size(): number {
    return this.#items.length
  }

  /** All items, bottom first. */
  get items(): readonly Uint8Array[] {
    return this.#items
  }

  push(...items: readonly Uint8Array[]): void {
    this.#items.push(...items)
  }

  pop(): Uint8Array {
    return this.remove(0)
  }

  /** Pops `count` items; the first of the list lay deepest. */
  take(count: number): Uint8Array[] {
    this.require(count)
    return this.#items.splice(this.size - count, count)
  }

  /** The item `depth` below the top, which has depth 0. */
  peek(depth = 0): Uint8Array {
    this.require(depth + 1)
    return this.#items[this.size - 1 - depth]!
  }

  /** Takes out the item `depth` below the top. */
  remove(depth: number): Uint8Array {
    this.require(depth + 1)
    return this.#items.splice(this.size - 1 - depth, 1)[0]!
  }

  /** Fails the script when fewer than `count` items are there. */
  require(count: number): void {
    if (this.size < count) fail('INVALID_STACK_OPERATION')
  }
}
