/** A random whole number from 0 on, below `bound`: a generator's only source of randomness. */
export type Draw = (bound: number) => number

/** Random bytes, `least` to `most` of them. */
export function drawBytes(draw: Draw, least: number, most = least): Uint8Array {
  return Uint8Array.from({ length: least + draw(most - least + 1) }, () => draw(0x100))
}

/** One of some ways to make a value. */
export function drawFrom<Value>(draw: Draw, ways: readonly (() => Value)[]): Value {
  return ways[draw(ways.length)]!()
}
