const BLOCK_BYTES = 64
const WORDS = 16
const DOUBLE_ROUNDS = 10
const SIGMA = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574] as const

/** The first bytes of ChaCha20's key stream under a key of 32 bytes, nonce and counter zero. [RFC 8439 §2.3] */
export function chacha20Keystream(key: Uint8Array, length: number): Uint8Array {
  const stream = new Uint8Array(Math.ceil(length / BLOCK_BYTES) * BLOCK_BYTES)
  const out = new DataView(stream.buffer)
  const keyView = new DataView(key.buffer, key.byteOffset, 32)
  const start = new Uint32Array(WORDS)
  start.set(SIGMA)
  for (let i = 0; i < 8; i++) start[4 + i] = keyView.getUint32(4 * i, true)
  const state = new Uint32Array(WORDS)
  for (let block = 0; block * BLOCK_BYTES < length; block++) {
    start[12] = block
    state.set(start)
    for (let i = 0; i < DOUBLE_ROUNDS; i++) doubleRound(state)
    for (let i = 0; i < WORDS; i++)
      out.setUint32(block * BLOCK_BYTES + 4 * i, (state[i]! + start[i]!) >>> 0, true)
  }
  return stream.subarray(0, length)
}

function doubleRound(s: Uint32Array): void {
  for (let i = 0; i < 4; i++) quarterRound(s, i, 4 + i, 8 + i, 12 + i)
  for (let i = 0; i < 4; i++) quarterRound(s, i, 4 + ((i + 1) & 3), 8 + ((i + 2) & 3), 12 + ((i + 3) & 3))
}

function quarterRound(s: Uint32Array, a: number, b: number, c: number, d: number): void {
  s[a]! += s[b]!
  s[d] = rotate(s[d]! ^ s[a]!, 16)
  s[c]! += s[d]!
  s[b] = rotate(s[b]! ^ s[c]!, 12)
  s[a]! += s[b]!
  s[d] = rotate(s[d]! ^ s[a]!, 8)
  s[c]! += s[d]!
  s[b] = rotate(s[b]! ^ s[c]!, 7)
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
