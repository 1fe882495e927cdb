import type { Move } from '../../../generators/index.ts'

type Distortion = Extract<Move, { move: 'flip' | 'cut' }>

/** Bytes with one bit flipped, or their end cut off or grown. */
export function distorted(bytes: Uint8Array, move: Distortion): Uint8Array {
  return move.move === 'flip' ? flipped(bytes, move) : cut(bytes, move.length)
}

function flipped(
  bytes: Uint8Array,
  { offset, bit }: { readonly offset: number; readonly bit: number },
): Uint8Array {
  const copy = Uint8Array.from(bytes)
  if (copy.length > 0) copy[offset % copy.length]! ^= 1 << bit
  return copy
}

const TAIL_MAX = 5

/** Up to so many bytes longer. */
function cut(bytes: Uint8Array, length: number): Uint8Array {
  const wanted = length % (bytes.length + TAIL_MAX)
  const copy = new Uint8Array(wanted)
  copy.set(bytes.subarray(0, wanted))
  return copy
}
