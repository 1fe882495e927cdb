/**
 * SipHash-2-4 of bytes under a 128-bit key, in halves of 32 bits: numbers of 64 bits would be slow here.
 * [Aumasson and Bernstein, SipHash; BIP152, BIP158]
 */
export class SipHash {
  readonly #key: Uint32Array
  /** v0 … v3, low half first. */
  readonly #v = new Int32Array(8)

  /** `key` is 16 bytes: k0 and k1, little-endian. */
  constructor(key: Uint8Array) {
    const view = new DataView(key.buffer, key.byteOffset, 16)
    this.#key = Uint32Array.of(
      view.getUint32(0, true),
      view.getUint32(4, true),
      view.getUint32(8, true),
      view.getUint32(12, true),
    )
  }

  /** The hash as low and high half, both unsigned. */
  hash(data: Uint8Array): { low: number; high: number } {
    const v = this.#v
    const [k0, k1, k2, k3] = this.#key as unknown as [number, number, number, number]
    v[0] = 0x70736575 ^ k0
    v[1] = 0x736f6d65 ^ k1
    v[2] = 0x6e646f6d ^ k2
    v[3] = 0x646f7261 ^ k3
    v[4] = 0x6e657261 ^ k0
    v[5] = 0x6c796765 ^ k1
    v[6] = 0x79746573 ^ k2
    v[7] = 0x74656462 ^ k3
    const whole = data.length & ~7
    for (let i = 0; i < whole; i += 8) compress(v, word(data, i), word(data, i + 4))
    let low = 0
    let high = 0
    for (let i = whole; i < data.length; i++)
      if (i - whole < 4) low |= data[i]! << (8 * (i - whole))
      else high |= data[i]! << (8 * (i - whole - 4))
    compress(v, low, high | (data.length << 24))
    v[4]! ^= 0xff
    for (let i = 0; i < 4; i++) round(v)
    return { low: (v[0]! ^ v[2]! ^ v[4]! ^ v[6]!) >>> 0, high: (v[1]! ^ v[3]! ^ v[5]! ^ v[7]!) >>> 0 }
  }
}

function word(data: Uint8Array, at: number): number {
  return data[at]! | (data[at + 1]! << 8) | (data[at + 2]! << 16) | (data[at + 3]! << 24)
}

function compress(v: Int32Array, low: number, high: number): void {
  v[6]! ^= low
  v[7]! ^= high
  round(v)
  round(v)
  v[0]! ^= low
  v[1]! ^= high
}

function round(v: Int32Array): void {
  add(v, 0, 2)
  rotateAndMix(v, 2, 13, 0)
  swapHalves(v, 0)
  add(v, 4, 6)
  rotateAndMix(v, 6, 16, 4)
  add(v, 0, 6)
  rotateAndMix(v, 6, 21, 0)
  add(v, 4, 2)
  rotateAndMix(v, 2, 17, 4)
  swapHalves(v, 4)
}

/** v[a] += v[b], 64 bits. */
function add(v: Int32Array, a: number, b: number): void {
  const low = (v[a]! >>> 0) + (v[b]! >>> 0)
  v[a] = low
  v[a + 1] = v[a + 1]! + v[b + 1]! + (low > 0xffffffff ? 1 : 0)
}

/** v[a] = rotate(v[a], bits) ^ v[b], bits below 32. */
function rotateAndMix(v: Int32Array, a: number, bits: number, b: number): void {
  const low = v[a]!
  const high = v[a + 1]!
  v[a] = ((low << bits) | (high >>> (32 - bits))) ^ v[b]!
  v[a + 1] = ((high << bits) | (low >>> (32 - bits))) ^ v[b + 1]!
}

function swapHalves(v: Int32Array, a: number): void {
  const low = v[a]!
  v[a] = v[a + 1]!
  v[a + 1] = low
}
