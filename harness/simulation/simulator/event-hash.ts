/**
 * The rolling hash of a run's events: 64 bits in two lanes, cheap, not cryptographic.
 * Whatever can differ between two runs goes in: times, nodes, message contents (by their wire checksum), verdicts.
 */
export class EventHash {
  #low = 0x9e3779b9 | 0
  #high = 0x85ebca6b | 0

  number(value: number): void {
    this.#mix(value | 0)
    const upper = Math.floor(value / 2 ** 32)
    if (upper !== 0) this.#mix(upper | 0)
  }

  text(value: string): void {
    this.#mix(value.length)
    for (let at = 0; at < value.length; at++) this.#mix(value.charCodeAt(at))
  }

  /** 16 hex digits. */
  digest(): string {
    return hexWord(this.#high) + hexWord(this.#low)
  }

  #mix(word: number): void {
    const low = Math.imul(this.#low ^ word, 0x01000193)
    this.#low = low ^ (low >>> 15)
    this.#high = (Math.imul(this.#high ^ (low >>> 7), 0xcc9e2d51) + word) | 0
  }
}

/** Where two traces of the same scenario part: the index of the first line that differs, or undefined. */
export function firstDifference(left: readonly string[], right: readonly string[]): number | undefined {
  const length = Math.max(left.length, right.length)
  for (let index = 0; index < length; index++) if (left[index] !== right[index]) return index
  return undefined
}

const hexWord = (word: number) => (word >>> 0).toString(16).padStart(8, '0')
