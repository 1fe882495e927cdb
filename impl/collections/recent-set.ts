/** A set of strings of bounded size that forgets those added first. `sizeMax` 0 keeps nothing. Every operation is O(1). */
export class RecentSet {
  readonly #keys = new Set<string>()
  readonly #sizeMax: number
  /** Stands before the oldest key. Kept, because a new iterator would pass all holes of earlier deletions again. */
  readonly #oldestFirst = this.#keys.values()

  constructor(sizeMax: number) {
    this.#sizeMax = sizeMax
  }

  get size(): number {
    return this.#keys.size
  }

  has(key: string): boolean {
    return this.#keys.has(key)
  }

  add(key: string): void {
    if (this.#sizeMax === 0) return
    this.#keys.add(key)
    if (this.#keys.size > this.#sizeMax) this.#keys.delete(this.#oldestFirst.next().value!)
  }

  delete(key: string): void {
    this.#keys.delete(key)
  }

  clear(): void {
    this.#keys.clear()
  }
}
