import { disturbance } from './disturbance.ts'

/** One bit of a message is inverted. */
export const corrupt = disturbance({
  name: 'corrupt',
  message: {
    kind: 'corrupt',
    storm: (stream) => (bytes) => stream.integer(bytes.length),
    pass: (bytes, position) => ({ fate: 'corrupted', bytes: flip(bytes, position) }),
  },
})

/** A copy with one bit of one byte inverted. */
function flip(bytes: Uint8Array, position: number): Uint8Array {
  const copy = bytes.slice()
  if (copy.length > 0) copy[position % copy.length]! ^= 1
  return copy
}
