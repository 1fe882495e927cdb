import { secp256k1 } from '@noble/curves/secp256k1.js'
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { encodeAll, varBytes } from '../encoding/index.ts'
import { liftX } from './signature/public-key.ts'
import { taggedHash } from './tagged-hash.ts'

const { BASE, Fn } = secp256k1.Point

/** A key of 32 bytes, and whether its point has an odd y. */
export interface OutputKey {
  readonly key: Uint8Array
  readonly isOdd: boolean
}

/** The key of a taproot output: an internal key tweaked by its script tree's root, or by nothing. None when the internal key is no point or the tweak is out of range. [BIP341 §Constructing and spending Taproot outputs] */
export function taprootOutputKey(internalKey: Uint8Array, merkleRoot?: Uint8Array): OutputKey | undefined {
  const internal = liftX(internalKey)
  const tweak = bytesToNumberBE(taggedHash('TapTweak', internalKey, merkleRoot ?? new Uint8Array()))
  if (internal === undefined || tweak >= Fn.ORDER) return undefined
  const output = internal.add(BASE.multiplyUnsafe(tweak))
  if (output.is0()) return undefined
  const { x, y } = output.toAffine()
  return { key: numberToBytesBE(x, 32), isOdd: y % 2n === 1n }
}

/** The hash of one leaf of a script tree. [BIP341 §Script validation rules] */
export function tapLeafHash(version: number, script: Uint8Array): Uint8Array {
  return taggedHash('TapLeaf', Uint8Array.of(version), encodeAll(varBytes, script))
}

/** The hash of two subtrees, the lesser first. [BIP341 §Script validation rules] */
function tapBranchHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const isOrdered = bytesToNumberBE(left) < bytesToNumberBE(right)
  return taggedHash('TapBranch', isOrdered ? concatBytes(left, right) : concatBytes(right, left))
}

/** What reveals a script of an output's tree: its leaf version, the internal key, and the path to the root. */
export interface ControlBlock {
  readonly leafVersion: number
  readonly isOutputKeyOdd: boolean
  readonly internalKey: Uint8Array
  readonly path: readonly Uint8Array[]
}

const KEY_BYTES = 32
const PATH_NODES_MAX = 128

/** Reads a control block: 33 bytes and up to 128 times 32; nothing at any other length. [BIP341 §Script validation rules] */
export function parseControlBlock(bytes: Uint8Array): ControlBlock | undefined {
  const nodes = (bytes.length - 1 - KEY_BYTES) / KEY_BYTES
  if (!Number.isInteger(nodes) || nodes < 0 || nodes > PATH_NODES_MAX) return undefined
  const [internalKey, ...path] = Array.from({ length: nodes + 1 }, (_, at) =>
    bytes.subarray(1 + at * KEY_BYTES, 1 + (at + 1) * KEY_BYTES),
  )
  const first = bytes[0]!
  return { leafVersion: first & 0xfe, isOutputKeyOdd: (first & 1) === 1, internalKey: internalKey!, path }
}

/** The root of a tree that has this leaf, by the hashes that its path meets on the way up. [BIP341 §Script validation rules] */
export function tapRoot(leafHash: Uint8Array, path: readonly Uint8Array[]): Uint8Array {
  return path.reduce(tapBranchHash, leafHash)
}

/** Whether an output key commits to a leaf by way of this control block. [BIP341 §Script validation rules] */
export function isCommittedLeaf(outputKey: Uint8Array, leafHash: Uint8Array, control: ControlBlock): boolean {
  const output = taprootOutputKey(control.internalKey, tapRoot(leafHash, control.path))
  if (output === undefined || output.isOdd !== control.isOutputKeyOdd) return false
  return bytesToNumberBE(output.key) === bytesToNumberBE(outputKey)
}
