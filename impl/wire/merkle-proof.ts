import { ByteReader, DecodeError } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { concatBytes, equalBytes } from './bytes.ts'
import type { Hasher } from './hasher.ts'

/** A part of a Merkle tree from which the root follows, and some of its leaves. [BIP37 §Partial Merkle branch format] */
export interface MerkleProof {
  /** Transactions in the block. */
  readonly total: number
  readonly hashes: readonly Uint8Array[]
  /** Depth first: whether a node leads to a leaf that matters. */
  readonly flags: readonly boolean[]
}

export interface ProvenLeaf {
  readonly index: number
  readonly txid: Uint8Array
}

/** Proves that the leaves at these positions belong to the tree. */
export function createMerkleProof(
  txids: readonly Uint8Array[],
  matches: ReadonlySet<number>,
  hasher: Hasher,
): MerkleProof {
  const hashes: Uint8Array[] = []
  const flags: boolean[] = []
  const rows = rowsOf(txids, hasher)
  const walk = (level: number, index: number): void => {
    const leads = leadsToMatch(level, index, matches)
    flags.push(leads)
    if (level === 0 || !leads) {
      hashes.push(rows[level]![index]!)
      return
    }
    walk(level - 1, 2 * index)
    if (2 * index + 1 < rows[level - 1]!.length) walk(level - 1, 2 * index + 1)
  }
  walk(rows.length - 1, 0)
  return { total: txids.length, hashes, flags }
}

/** All rows of the tree, leaves first. */
function rowsOf(txids: readonly Uint8Array[], hasher: Hasher): Uint8Array[][] {
  const rows = [[...txids]]
  for (let row = rows[0]!; row.length > 1; row = rows.at(-1)!) {
    const next: Uint8Array[] = []
    for (let i = 0; i < row.length; i += 2)
      next.push(hasher.hash256(concatBytes(row[i]!, row[i + 1] ?? row[i]!)))
    rows.push(next)
  }
  return rows
}

function leadsToMatch(level: number, index: number, matches: ReadonlySet<number>): boolean {
  const first = index * 2 ** level
  const end = (index + 1) * 2 ** level
  for (const match of matches) if (match >= first && match < end) return true
  return false
}

/**
 * The leaves that a proof shows to be under this root, or nothing when it shows nothing. `totalMax` bounds the claimed
 * number of transactions. Two equal children make a proof worthless. [Core CPartialMerkleTree::ExtractMatches, CVE-2012-2459]
 */
export function verifyMerkleProof(
  proof: MerkleProof,
  root: Uint8Array,
  totalMax: number,
  hasher: Hasher,
): ProvenLeaf[] | undefined {
  const { total, hashes, flags } = proof
  if (total === 0 || total > totalMax || hashes.length > total || flags.length < hashes.length)
    return undefined
  const walk = new ProofWalk(proof, hasher)
  const found = walk.run()
  if (walk.isBad || walk.flagsUsed + 7 < flags.length || walk.hashesUsed !== hashes.length) return undefined
  return equalBytes(found, root) ? walk.leaves : undefined
}

class ProofWalk {
  readonly #proof: MerkleProof
  readonly #hasher: Hasher
  readonly leaves: ProvenLeaf[] = []
  flagsUsed = 0
  hashesUsed = 0
  isBad = false

  constructor(proof: MerkleProof, hasher: Hasher) {
    this.#proof = proof
    this.#hasher = hasher
  }

  run(): Uint8Array {
    let height = 0
    while (this.#width(height) > 1) height++
    return this.#walk(height, 0)
  }

  #width(level: number): number {
    return Math.ceil(this.#proof.total / 2 ** level)
  }

  #walk(level: number, index: number): Uint8Array {
    const { flags, hashes } = this.#proof
    const leads = flags[this.flagsUsed++]
    if (leads === undefined || this.isBad) return this.#bad()
    if (level === 0 || !leads) {
      const hash = hashes[this.hashesUsed++]
      if (hash === undefined) return this.#bad()
      if (level === 0 && leads) this.leaves.push({ index, txid: hash })
      return hash
    }
    const left = this.#walk(level - 1, 2 * index)
    let right = left
    if (2 * index + 1 < this.#width(level - 1)) {
      right = this.#walk(level - 1, 2 * index + 1)
      if (equalBytes(left, right)) this.isBad = true
    }
    return this.#hasher.hash256(concatBytes(left, right))
  }

  #bad(): Uint8Array {
    this.isBad = true
    return NOTHING
  }
}

const NOTHING = new Uint8Array(32)

/** As in merkleblock messages and proofs of transaction outputs, without the header. */
export function encodeMerkleProof({ total, hashes, flags }: MerkleProof): Uint8Array {
  const writer = new ByteWriter().u32(total).compactSize(hashes.length)
  for (const hash of hashes) writer.put(hash)
  const bytes = new Uint8Array(Math.ceil(flags.length / 8))
  flags.forEach((flag, i) => {
    if (flag) bytes[i >> 3]! |= 1 << (i & 7)
  })
  return writer.putVariable(bytes).finish()
}

/** A tree has no more levels than its number of leaves has bits. */
const LEVELS_MAX = 32

/** A node with a flag ends in a hash or has two children, but for those at the right edge, which may have one. */
const flagsMax = (hashes: number) => 2 * hashes + LEVELS_MAX

/** Of flags that no proof of so many hashes can use, only so many are kept that it shows nothing. Throws DecodeError. */
export function decodeMerkleProof(bytes: Uint8Array): MerkleProof {
  const reader = new ByteReader(bytes)
  const total = reader.u32()
  const hashes = Array.from({ length: reader.count(32) }, () => reader.take(32))
  const packed = reader.takeVariable()
  reader.finish()
  const count = Math.min(8 * packed.length, flagsMax(hashes.length) + 8)
  const flags = Array.from({ length: count }, (_, i) => ((packed[i >> 3]! >> (i & 7)) & 1) === 1)
  // Bits that only fill the last byte must be zero, and are no flags of their own.
  if (flags.length > 0 && hashes.length === 0) throw new DecodeError('flags without hashes')
  return { total, hashes, flags }
}
