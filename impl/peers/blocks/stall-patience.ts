/** How long a peer may hold up the window; longer after each disconnection, shorter with each block. [Core m_block_stalling_timeout] */
export class StallPatience {
  readonly #least: number
  readonly #most: number
  ms: number

  constructor(least: number, most: number) {
    this.#least = least
    this.#most = most
    this.ms = least
  }

  grow(): void {
    this.ms = Math.min(2 * this.ms, this.#most)
  }

  /** Whether it is shorter now. */
  shrink(): boolean {
    const before = this.ms
    this.ms = Math.max(Math.floor(0.85 * before), this.#least)
    return this.ms < before
  }
}
