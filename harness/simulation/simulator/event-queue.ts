/** Events of the same moment leave by rank, then in the order in which they came. */
export interface QueuedEvent {
  /** Milliseconds of virtual time. */
  readonly at: number
  readonly rank: number
}

interface Entry<E> {
  readonly event: E
  readonly arrival: number
}

/** A binary heap with a stable order. */
export class EventQueue<E extends QueuedEvent> {
  readonly #heap: Entry<E>[] = []
  #arrivals = 0

  get length(): number {
    return this.#heap.length
  }

  push(event: E): void {
    const entry = { event, arrival: this.#arrivals++ }
    const heap = this.#heap
    let index = heap.length
    heap.push(entry)
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!isEarlier(entry, heap[parent]!)) break
      heap[index] = heap[parent]!
      index = parent
    }
    heap[index] = entry
  }

  peek(): E | undefined {
    return this.#heap[0]?.event
  }

  pop(): E | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first?.event
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isEarlier(heap[child + 1]!, heap[child]!)) child++
      if (!isEarlier(heap[child]!, last)) break
      heap[index] = heap[child]!
      index = child
    }
    heap[index] = last
    return first.event
  }
}

function isEarlier(left: Entry<QueuedEvent>, right: Entry<QueuedEvent>): boolean {
  if (left.event.at !== right.event.at) return left.event.at < right.event.at
  if (left.event.rank !== right.event.rank) return left.event.rank < right.event.rank
  return left.arrival < right.arrival
}
