import type { Block, Hasher } from '../wire/index.ts'
import { concatBytes } from '../wire/index.ts'
import { encodeGolombSet, golombSetMayHold } from './golomb-set.ts'

const OP_RETURN = 0x6a
/** The only type of filter that is defined. [BIP158 §Block Filters] */
export const BASIC_FILTER = 0

/** The basic filter of a block: scripts of its outputs and of the coins it spends. [BIP158 §Contents] */
export function createBasicFilter(block: Block, spentScripts: Iterable<Uint8Array>): Uint8Array {
  const scripts: Uint8Array[] = []
  for (const { outputs } of block.transactions)
    for (const { script } of outputs) if (script.length > 0 && script[0] !== OP_RETURN) scripts.push(script)
  for (const script of spentScripts) if (script.length > 0) scripts.push(script)
  return encodeGolombSet(filterKey(block.hash), scripts)
}

/** Whether a block may pay to or spend from one of these scripts. Throws DecodeError on a broken filter. */
export function filterMayMatch(
  filter: Uint8Array,
  blockHash: Uint8Array,
  scripts: readonly Uint8Array[],
): boolean {
  return golombSetMayHold(filter, filterKey(blockHash), scripts)
}

/** The hash that a filter header commits to. */
export function filterHash(filter: Uint8Array, hasher: Hasher): Uint8Array {
  return hasher.hash256(filter)
}

/** Filter headers form a chain like those of blocks; the one before the first is zeros. [BIP157 §Filter Headers] */
export function filterHeader(hash: Uint8Array, previousHeader: Uint8Array, hasher: Hasher): Uint8Array {
  return hasher.hash256(concatBytes(hash, previousHeader))
}

function filterKey(blockHash: Uint8Array): Uint8Array {
  return blockHash.subarray(0, 16)
}
