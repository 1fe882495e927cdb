/** Arrivals to come, the earliest first: a binary heap in flat arrays that grow. */
export class Arrivals {
  #times = new Float64Array(1024)
  #nodes = new Int32Array(1024)
  #blocks = new Int32Array(1024)
  #size = 0

  /** When the next one comes; infinity when there is none. */
  get nextTime(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : this.#times[0]!
  }

  get nextNode(): number {
    return this.#nodes[0]!
  }

  get nextBlock(): number {
    return this.#blocks[0]!
  }

  push(time: number, node: number, block: number): void {
    if (this.#size === this.#times.length) this.#grow()
    let at = this.#size++
    while (at > 0) {
      const above = (at - 1) >> 1
      if (this.#times[above]! <= time) break
      this.#move(above, at)
      at = above
    }
    this.#put(at, time, node, block)
  }

  /** Takes the next one away. */
  drop(): void {
    const last = --this.#size
    const [time, node, block] = [this.#times[last]!, this.#nodes[last]!, this.#blocks[last]!]
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= last) break
      if (below + 1 < last && this.#times[below + 1]! < this.#times[below]!) below++
      if (this.#times[below]! >= time) break
      this.#move(below, at)
      at = below
    }
    this.#put(at, time, node, block)
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#times[from]!, this.#nodes[from]!, this.#blocks[from]!)
  }

  #put(at: number, time: number, node: number, block: number): void {
    this.#times[at] = time
    this.#nodes[at] = node
    this.#blocks[at] = block
  }

  #grow(): void {
    const size = this.#times.length * 2
    const larger = <T extends Float64Array | Int32Array>(into: T, from: T): T => {
      into.set(from)
      return into
    }
    this.#times = larger(new Float64Array(size), this.#times)
    this.#nodes = larger(new Int32Array(size), this.#nodes)
    this.#blocks = larger(new Int32Array(size), this.#blocks)
  }
}
