/** n, the order of secp256k1. [SEC 2 §2.4.1] */
export const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

const ZEROS = '0'.repeat(64)

/** A big-endian number. */
export function toScalar(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}`)
}

/** Writes a number below 2^256 into 32 bytes, big-endian. */
export function putScalar(bytes: Uint8Array, at: number, value: bigint): void {
  const hex = ZEROS + value.toString(16)
  bytes.set(Buffer.from(hex.slice(-64), 'hex'), at)
}
