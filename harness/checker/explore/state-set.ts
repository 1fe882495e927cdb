/**
 * States that were seen, packed one after another in one arena and found through an open-addressed table. States are
 * compared whole, so that none is lost to a collision of hashes.
 */
export interface StateSet {
  readonly count: number
  /** The states themselves, `width` words each. */
  readonly arena: Uint32Array
  /** The number of a state: `count` as it was before, when the state is new. */
  readonly add: (words: Uint32Array) => number
  /** The number of a state; `count` when it has not been seen. */
  readonly find: (words: Uint32Array) => number
  /** Bytes that it holds. */
  readonly bytes: number
}

const EMPTY = 0
const COUNT_AT_FIRST = 1024

/** `hash` maps a state to 32 bits; a test may give one that collides. */
export function createStateSet(width: number, hash: typeof mix = mix): StateSet {
  let arena = new Uint32Array(COUNT_AT_FIRST * width)
  /** The number of a state, plus one; twice as many slots as there may be states. */
  let slots = new Uint32Array(2 * COUNT_AT_FIRST)
  let count = 0
  const isAt = (number: number, words: Uint32Array) => {
    for (let at = number * width, word = 0; word < width; word++)
      if (arena[at + word] !== words[word]) return false
    return true
  }
  const grow = () => {
    const larger = new Uint32Array(arena.length * 2)
    larger.set(arena)
    arena = larger
    slots = new Uint32Array(slots.length * 2)
    const last = slots.length - 1
    for (let number = 0; number < count; number++) {
      let slot = hash(arena, number * width, width) & last
      while (slots[slot] !== EMPTY) slot = (slot + 1) & last
      slots[slot] = number + 1
    }
  }
  /** The slot in which a state is, or in which it would be. */
  const slotOf = (words: Uint32Array): number => {
    const last = slots.length - 1
    let slot = hash(words, 0, width) & last
    while (slots[slot] !== EMPTY && !isAt(slots[slot]! - 1, words)) slot = (slot + 1) & last
    return slot
  }
  return {
    get count() {
      return count
    },
    get arena() {
      return arena
    },
    get bytes() {
      return arena.byteLength + slots.byteLength
    },
    add: (words) => {
      const slot = slotOf(words)
      if (slots[slot] !== EMPTY) return slots[slot]! - 1
      slots[slot] = count + 1
      arena.set(words, count * width)
      count++
      if (count * width === arena.length) grow()
      return count - 1
    },
    find: (words) => {
      const slot = slotOf(words)
      return slots[slot] === EMPTY ? count : slots[slot]! - 1
    },
  }
}

/** 32 bits in which every bit of the words has a part. [the finalizer of MurmurHash3] */
export function mix(words: Uint32Array, at: number, width: number): number {
  let hash = 0x9e3779b9
  for (let word = 0; word < width; word++) {
    hash = Math.imul(hash ^ words[at + word]!, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash >>> 0
}
