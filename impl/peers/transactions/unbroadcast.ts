/** Announced again after so long, and by chance up to half as much more. [Core ReattemptInitialBroadcast] */
const AGAIN_MS = 10 * 60_000
const AGAIN_MS_MORE = 5 * 60_000

/** Keys of transactions that were handed to this node and that nobody has fetched: perhaps nobody was there to hear of them. */
export class Unbroadcast {
  readonly #keys = new Set<string>()
  #dueAt = Number.POSITIVE_INFINITY

  get size(): number {
    return this.#keys.size
  }

  has(key: string): boolean {
    return this.#keys.has(key)
  }

  get dueAt(): number {
    return this.#dueAt
  }

  /** `now` in milliseconds, `chance` in [0, 1). */
  add(key: string, now: number, chance: number): void {
    this.#keys.add(key)
    if (this.#keys.size === 1) this.#plan(now, chance)
  }

  /** Somebody has fetched it, or it is gone. */
  remove(key: string): void {
    if (this.#keys.delete(key) && this.#keys.size === 0) this.#dueAt = Number.POSITIVE_INFINITY
  }

  /** What is to be announced again now. */
  due(now: number, chance: number): string[] {
    if (now < this.#dueAt) return []
    this.#plan(now, chance)
    return [...this.#keys]
  }

  #plan(now: number, chance: number): void {
    this.#dueAt = now + AGAIN_MS + Math.floor(chance * AGAIN_MS_MORE)
  }
}
