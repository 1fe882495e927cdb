interface Due {
  readonly at: number
  readonly key: string
  readonly order: number
}

/** Keys in the order of their times, of equal ones the first pushed first: a binary heap. */
export class DueQueue {
  readonly #heap: Due[] = []
  #pushed = 0

  /** The earliest of all. */
  get first(): { readonly at: number; readonly key: string } | undefined {
    return this.#heap[0]
  }

  push(at: number, key: string): void {
    const heap = this.#heap
    const due: Due = { at, key, order: this.#pushed++ }
    let i = heap.length
    heap.push(due)
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (isBefore(heap[parent]!, due)) break
      heap[i] = heap[parent]!
      i = parent
    }
    heap[i] = due
  }

  /** Takes away the earliest. */
  pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
      if (isBefore(last, heap[child]!)) break
      heap[i] = heap[child]!
      i = child
    }
    heap[i] = last
  }
}

function isBefore(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}
