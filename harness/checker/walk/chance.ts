/** A whole number from 0 to `bound` - 1, each as likely. */
export type Chance = (bound: number) => number

/** Numbers that follow from a seed alone. [xorshift128, Marsaglia 2003, seeded by splitmix32] */
export function createChance(seed: number): Chance {
  let mixed = seed >>> 0
  const draw = (): number => {
    mixed = (mixed + 0x9e3779b9) >>> 0
    let word = mixed
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
    return (word ^ (word >>> 15)) >>> 0
  }
  let [x, y, z, w] = [draw(), draw(), draw(), draw()]
  return (bound) => {
    const t = x ^ (x << 11)
    x = y
    y = z
    z = w
    w = (w ^ (w >>> 19) ^ t ^ (t >>> 8)) >>> 0
    return Math.floor((w / 2 ** 32) * bound)
  }
}
