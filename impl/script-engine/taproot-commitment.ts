import type { Hasher } from '../wire/index.ts'
import { ByteWriter, compareBytes, concatBytes } from '../wire/index.ts'
import type { Crypto } from './crypto.ts'
import { OP } from './opcodes.ts'

const CONTROL_BASE_BYTES = 33
const CONTROL_NODE_BYTES = 32
const CONTROL_NODES_MAX = 128

/** True for the lengths a control block may have: leaf version, internal key and 0 … 128 hashes. [BIP341] */
export function isControlSize(length: number): boolean {
  const nodes = (length - CONTROL_BASE_BYTES) / CONTROL_NODE_BYTES
  return Number.isInteger(nodes) && nodes >= 0 && nodes <= CONTROL_NODES_MAX
}

/** [BIP341 §Script validation rules] */
export function leafHash(leafVersion: number, script: Uint8Array, hasher: Hasher): Uint8Array {
  return hasher.taggedHash(
    'TapLeaf',
    new ByteWriter(script.length + 6).u8(leafVersion).putVariable(script).view(),
  )
}

/** True when the output key is the control block's internal key, tweaked by the root that the leaf leads to. */
export function isCommitted(
  outputKeyX: Uint8Array,
  control: Uint8Array,
  leaf: Uint8Array,
  crypto: Crypto,
): boolean {
  let node = leaf
  for (let at = CONTROL_BASE_BYTES; at < control.length; at += CONTROL_NODE_BYTES)
    node = branchHash(node, control.subarray(at, at + CONTROL_NODE_BYTES), crypto)
  const tweaked = tweakedKey(control.subarray(1, CONTROL_BASE_BYTES), node, crypto)
  if (tweaked === undefined || (tweaked[0]! & 1) !== (control[0]! & 1)) return false
  return compareBytes(tweaked.subarray(1), outputKeyX) === 0
}

/**
 * The output script of a taproot output. `merkleRoot` is absent when there are no scripts; undefined when the internal
 * key (x only, 32 bytes) is no point. [BIP341 §Constructing and spending Taproot outputs]
 */
export function taprootOutputScript(
  internalKeyX: Uint8Array,
  merkleRoot: Uint8Array | undefined,
  crypto: Crypto,
): Uint8Array | undefined {
  const key = tweakedKey(internalKeyX, merkleRoot, crypto)
  return key === undefined ? undefined : concatBytes(Uint8Array.of(OP.ONE, 32), key.subarray(1))
}

function tweakedKey(
  internalKeyX: Uint8Array,
  root: Uint8Array | undefined,
  crypto: Crypto,
): Uint8Array | undefined {
  const committed = root === undefined ? internalKeyX : concatBytes(internalKeyX, root)
  return crypto.tweakPublicKey(internalKeyX, crypto.taggedHash('TapTweak', committed))
}

function branchHash(a: Uint8Array, b: Uint8Array, hasher: Hasher): Uint8Array {
  return hasher.taggedHash('TapBranch', compareBytes(a, b) < 0 ? concatBytes(a, b) : concatBytes(b, a))
}
