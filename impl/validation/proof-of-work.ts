import type { ChainLimits } from '../chains/index.ts'

/** What a header's target may be asked: its value, its work, and its bytes in the order of a hash. */
interface Target {
  readonly value: bigint
  readonly work: bigint
  readonly bytes: Uint8Array
}

/** The 256-bit target of a compact number; undefined when it is negative, zero or too large. [Core arith_uint256::SetCompact] */
export function decodeTarget(bits: number): bigint | undefined {
  const size = bits >>> 24
  const word = size <= 3 ? (bits & 0x7fffff) >>> (8 * (3 - size)) : bits & 0x7fffff
  if (word === 0 || (bits & 0x800000) !== 0) return undefined
  if (size > 34 || (word > 0xff && size > 33) || (word > 0xffff && size > 32)) return undefined
  return size <= 3 ? BigInt(word) : BigInt(word) << BigInt(8 * (size - 3))
}

/** The compact number of a target, cut to its three leading bytes. [Core arith_uint256::GetCompact] */
export function encodeTarget(target: bigint): number {
  let size = Math.ceil(target.toString(2).length / 8)
  let word = Number(size <= 3 ? target << BigInt(8 * (3 - size)) : target >> BigInt(8 * (size - 3)))
  if ((word & 0x800000) !== 0) {
    word >>>= 8
    size += 1
  }
  return ((size << 24) | word) >>> 0
}

let lastBits = -1
let lastTarget: Target | undefined

/** Neighbouring headers share their bits, so the latest answer is kept. */
function targetOf(bits: number): Target | undefined {
  if (bits === lastBits) return lastTarget
  const value = decodeTarget(bits)
  lastBits = bits
  lastTarget =
    value === undefined ? undefined : { value, work: (1n << 256n) / (value + 1n), bytes: littleEndian(value) }
  return lastTarget
}

function littleEndian(value: bigint): Uint8Array {
  const bytes = new Uint8Array(32)
  for (let i = 0, rest = value; i < 32; i++, rest >>= 8n) bytes[i] = Number(rest & 0xffn)
  return bytes
}

/** Expected number of hashes that a block with these bits stands for; 0 for bits that are no target. [Core GetBlockProof] */
export function workOf(bits: number): bigint {
  return targetOf(bits)?.work ?? 0n
}

/** True when the bits are a target not above the chain's limit and the hash does not exceed it. [Core CheckProofOfWork] */
export function meetsTarget(hash: Uint8Array, bits: number, powLimit: bigint): boolean {
  const target = targetOf(bits)
  if (target === undefined || target.value > powLimit) return false
  for (let i = 31; i >= 0; i--) {
    const difference = hash[i]! - target.bytes[i]!
    if (difference !== 0) return difference < 0
  }
  return true
}

/** What the rules of headers ask of the chain below a header. */
export interface ChainLink {
  readonly height: number
  readonly version: number
  readonly time: number
  readonly bits: number
  readonly previous: ChainLink | undefined
  /** The block at a height not above this one, on this branch. */
  ancestor(height: number): ChainLink
}

/** The bits that the child of `parent` must have. [Core GetNextWorkRequired] */
export function nextBits(parent: ChainLink, childTime: number, limits: ChainLimits): number {
  if ((parent.height + 1) % limits.retargetInterval === 0) return retarget(parent, limits)
  if (!limits.allowMinDifficulty) return parent.bits
  const easiest = encodeTarget(limits.powLimit)
  if (childTime > parent.time + 2 * limits.targetSpacing) return easiest
  let link = parent
  while (link.previous !== undefined && link.height % limits.retargetInterval !== 0 && link.bits === easiest)
    link = link.previous
  return link.bits
}

/**
 * The new target at the start of a period. It measures one interval less than a period has, as Bitcoin always did;
 * Litecoin does so in its first period only, which has no block before it. [Litecoin Core GetNextWorkRequired]
 * The product is exact, where Core's 256 bits would wrap; only targets above 2^232 or so show it.
 */
function retarget(parent: ChainLink, limits: ChainLimits): number {
  if (limits.noRetargeting) return parent.bits
  const isWhole = limits.measuresWholePeriods && parent.height >= limits.retargetInterval
  const first = parent.ancestor(parent.height - limits.retargetInterval + (isWhole ? 0 : 1))
  const timespan = limits.retargetInterval * limits.targetSpacing
  const shortest = Math.trunc(timespan / 4)
  const measured = Math.min(Math.max(parent.time - first.time, shortest), timespan * 4)
  const base = decodeTarget(limits.enforceBip94 ? first.bits : parent.bits) ?? 0n
  const target = (base * BigInt(measured)) / BigInt(timespan)
  return encodeTarget(target > limits.powLimit ? limits.powLimit : target)
}
