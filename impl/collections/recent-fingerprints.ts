const SLOTS_MIN = 64
/** Slots are at most so full before there are twice as many. */
const FILL_MAX = 0.75

/**
 * A set of hashes of bounded size that keeps 64 bits of each: at least the last `keysMax` that were added are known, and at
 * most twice as many. Two hashes share these bits once in 2^64 pairs; then the one is taken for the other. It takes
 * memory as it fills, up to some 20 bytes for each of `keysMax`. [Core CRollingBloomFilter]
 */
export class RecentFingerprints {
  readonly #keysMax: number
  #current = new FingerprintTable()
  #previous = new FingerprintTable()

  constructor(keysMax: number) {
    this.#keysMax = keysMax
  }

  /** `key`: as `hashKey` makes it. */
  has(key: string): boolean {
    return this.#current.has(key) || this.#previous.has(key)
  }

  add(key: string): void {
    if (this.#current.has(key)) return
    if (this.#current.size >= this.#keysMax) {
      this.#previous = this.#current
      this.#current = new FingerprintTable()
    }
    this.#current.add(key)
  }
}

/** Open addressing over pairs of 32-bit words; two zeros mark an empty slot. */
class FingerprintTable {
  size = 0
  #words = new Uint32Array(2 * SLOTS_MIN)

  has(key: string): boolean {
    const [low, high] = fingerprint(key)
    const at = this.#slotOf(low, high)
    return this.#words[at] !== 0 || this.#words[at + 1] !== 0
  }

  add(key: string): void {
    if (2 * (this.size + 1) > this.#words.length * FILL_MAX) this.#grow()
    const [low, high] = fingerprint(key)
    this.#put(low, high)
    this.size++
  }

  #put(low: number, high: number): void {
    const at = this.#slotOf(low, high)
    this.#words[at] = low
    this.#words[at + 1] = high
  }

  /** Where this fingerprint is, or the empty slot where it belongs. */
  #slotOf(low: number, high: number): number {
    const words = this.#words
    const mask = words.length - 1
    for (let at = (2 * low) & mask; ; at = (at + 2) & mask)
      if ((words[at] === low && words[at + 1] === high) || (words[at] === 0 && words[at + 1] === 0)) return at
  }

  #grow(): void {
    const old = this.#words
    this.#words = new Uint32Array(2 * old.length)
    for (let at = 0; at < old.length; at += 2)
      if (old[at] !== 0 || old[at + 1] !== 0) this.#put(old[at]!, old[at + 1]!)
  }
}

function fingerprint(key: string): readonly [low: number, high: number] {
  const low = (key.charCodeAt(0) | (key.charCodeAt(1) << 16)) >>> 0
  const high = (key.charCodeAt(2) | (key.charCodeAt(3) << 16)) >>> 0
  return low === 0 && high === 0 ? [1, 0] : [low, high]
}
