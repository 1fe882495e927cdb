/** Reflected polynomial of CRC-32C, which finds every burst of up to 32 wrong bits. [RFC 3720 §B.4] */
const POLYNOMIAL = 0x82f63b78
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = (rest & 1) === 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1
  return rest
})

/** CRC-32C of two pieces that follow each other. */
export function crc32c(first: Uint8Array, second: Uint8Array): number {
  return ~update(update(-1, first), second) >>> 0
}

function update(start: number, bytes: Uint8Array): number {
  let rest = start
  for (let i = 0; i < bytes.length; i++) rest = (rest >>> 8) ^ TABLE[(rest ^ bytes[i]!) & 0xff]!
  return rest
}
