/** A set of keys that forgets its oldest when it is full. */
export class RecentSet {
  readonly #keys = new Set<string>()
  readonly #sizeMax: number

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
    if (this.#keys.has(key)) return
    this.#keys.add(key)
    if (this.#keys.size <= this.#sizeMax) return
    for (const oldest of this.#keys) {
      this.#keys.delete(oldest)
      return
    }
  }

  delete(key: string): void {
    this.#keys.delete(key)
  }

  clear(): void {
    this.#keys.clear()
  }
}
