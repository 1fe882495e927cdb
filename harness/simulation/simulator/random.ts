/** The named sources of chance. One draw more in one of them does not move the others. */
export type StreamName =
  | 'topology'
  | 'workload'
  | 'mining'
  | 'network'
  | 'disk'
  | 'clock'
  | 'adversary'
  | 'entropy'

/** A deterministic source of chance. */
export interface RandomStream {
  /** In [0, 1), with 32 random bits. */
  next(): number
  /** In 0 … bound − 1. */
  integer(bound: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  pick<T>(choices: readonly T[]): T
}

/** The stream of this name under this seed; `owner` gives each node, link or worker a stream of its own. */
export function createStream(seed: number, name: StreamName, owner = ''): RandomStream {
  const next = sfc32(seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, hashText(name), hashText(owner))
  const integer = (bound: number) => Math.floor(next() * bound)
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (choices) => choices[integer(choices.length)]!,
  }
}

/** Small Fast Counter, 32-bit words. [PractRand, C. Doty-Humphrey] */
function sfc32(seedA: number, seedB: number, seedC: number, seedD: number): () => number {
  let a = seedA | 0
  let b = seedB | 0
  let c = seedC | 0
  let counter = seedD | 0
  const draw = () => {
    const result = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + result
    return (result >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 15; round++) draw()
  return draw
}

/** FNV-1a, 32 bits. */
function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
