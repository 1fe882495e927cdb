/** A set of strings of bounded size; when it is full, those added first are forgotten first. */
export class RecentKeys {
  readonly #max: number
  readonly #keys = new Set<string>()

  constructor(max: number) {
    this.#max = max
  }

  get size(): number {
    return this.#keys.size
  }

  has(key: string): boolean {
    return this.#keys.has(key)
  }

  add(key: string): void {
    if (this.#max === 0) return
    this.#keys.add(key)
    if (this.#keys.size <= this.#max) return
    for (const oldest of this.#keys) {
      this.#keys.delete(oldest)
      return
    }
  }
}
