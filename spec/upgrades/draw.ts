/** A whole number from 0 on, below `bound`, by chance: all that a generator knows of the world. */
export type Draw = (bound: number) => number

/** So many bytes, from `least` to `most`. */
export function drawBytes(draw: Draw, least: number, most = least): Uint8Array {
  return Uint8Array.from({ length: least + draw(most - least + 1) }, () => draw(0x100))
}

/** One of some ways to make a value. */
export function drawFrom<Value>(draw: Draw, ways: readonly (() => Value)[]): Value {
  return ways[draw(ways.length)]!()
}
