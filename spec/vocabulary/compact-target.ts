/** A target as the four bytes of a header's bits spell it: base-256 digits with an exponent and a sign. */
interface CompactTarget {
  readonly target: bigint
  readonly isNegative: boolean
  /** The value does not fit into 256 bits. */
  readonly isOverflow: boolean
}

const SIGN = 0x00800000

/** What bits stand for. [Core arith_uint256::SetCompact] */
export function decodeCompact(bits: number): CompactTarget {
  const size = bits >>> 24
  const digits = bits & 0x007fffff
  const word = size <= 3 ? digits >>> (8 * (3 - size)) : digits
  const target = size <= 3 ? BigInt(word) : BigInt(word) << BigInt(8 * (size - 3))
  return {
    target,
    isNegative: word !== 0 && (bits & SIGN) !== 0,
    isOverflow: target >= 1n << 256n,
  }
}

/** The bits of a target, its low digits cut off. [Core arith_uint256::GetCompact] */
export function encodeCompact(target: bigint): number {
  const bytes = Math.ceil(target.toString(2).length / 8)
  const size = target === 0n ? 0 : bytes
  const word = size <= 3 ? Number(target) * 256 ** (3 - size) : Number(target >> BigInt(8 * (size - 3)))
  const spellsSign = word >= SIGN
  return spellsSign ? (size + 1) * 2 ** 24 + Math.floor(word / 256) : size * 2 ** 24 + word
}

/** Expected number of hashes that meet the target of these bits; none when they spell no target. [Core GetBlockProof] */
export function workOf(bits: number): bigint {
  const { target, isNegative, isOverflow } = decodeCompact(bits)
  return isNegative || isOverflow || target === 0n ? 0n : (1n << 256n) / (target + 1n)
}
