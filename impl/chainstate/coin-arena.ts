import { RECORD_BYTES_MAX } from './coin-record.ts'

const CHUNK_BYTES = 1 << 20
/** The first chunk starts small and doubles, so that a node with few coins takes little. */
const FIRST_BYTES = 4096
const UNIT_BYTES = 8
const UNITS_PER_CHUNK = CHUNK_BYTES / UNIT_BYTES
/** Freed records up to this many units wait in lists by size for others of their size. */
const REUSED_UNITS_MAX = 64

/** Room for records off the JavaScript heap. A reference is a 32-bit number: chunk and 8-byte unit. */
export class CoinArena {
  readonly #chunks: Uint8Array[] = []
  readonly #views: DataView[] = []
  readonly #free: number[][] = Array.from({ length: REUSED_UNITS_MAX + 1 }, () => [])
  #next = 0

  /** Bytes handed out since the last `clear`, freed ones that wait for reuse included. */
  get bytesUsed(): number {
    return this.#next * UNIT_BYTES
  }

  allocate(length: number): number {
    const units = Math.ceil(length / UNIT_BYTES)
    if (units <= REUSED_UNITS_MAX) {
      const reused = this.#free[units]!.pop()
      if (reused !== undefined) return reused
    }
    let ref = this.#next
    if ((ref % UNITS_PER_CHUNK) + units > UNITS_PER_CHUNK)
      ref = (Math.floor(ref / UNITS_PER_CHUNK) + 1) * UNITS_PER_CHUNK
    this.#next = ref + units
    const chunk = Math.floor(ref / UNITS_PER_CHUNK)
    if (chunk > 0 && chunk >= this.#chunks.length) this.#hold(chunk, CHUNK_BYTES)
    else if (chunk === 0) this.#growFirst(this.#next * UNIT_BYTES)
    return ref
  }

  #growFirst(needed: number): void {
    const first = this.#chunks[0]
    if (first !== undefined && first.length >= needed) return
    let length = first?.length ?? FIRST_BYTES
    while (length < needed) length *= 2
    this.#hold(0, length)
    if (first !== undefined) this.#chunks[0]!.set(first)
  }

  #hold(chunk: number, length: number): void {
    const bytes = new Uint8Array(length)
    this.#chunks[chunk] = bytes
    this.#views[chunk] = new DataView(bytes.buffer)
  }

  release(ref: number, length: number): void {
    const units = Math.ceil(length / UNIT_BYTES)
    if (units <= REUSED_UNITS_MAX) this.#free[units]!.push(ref)
  }

  bytesOf(ref: number): Uint8Array {
    return this.#chunks[Math.floor(ref / UNITS_PER_CHUNK)]!
  }

  viewOf(ref: number): DataView {
    return this.#views[Math.floor(ref / UNITS_PER_CHUNK)]!
  }

  /** Where a record starts in its chunk. */
  offsetOf(ref: number): number {
    return (ref % UNITS_PER_CHUNK) * UNIT_BYTES
  }

  /** Forgets every record and gives the memory back. */
  clear(): void {
    this.#chunks.length = 0
    this.#views.length = 0
    for (const list of this.#free) list.length = 0
    this.#next = 0
  }
}

/** The longest record fits in a chunk. */
if (RECORD_BYTES_MAX > CHUNK_BYTES) throw new Error('a coin does not fit in a chunk')
