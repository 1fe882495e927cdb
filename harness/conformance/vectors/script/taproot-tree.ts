import { bytesToHex, concatBytes, counted, taggedHash } from '../../../wire/index.ts'
import { requireBytes } from '../content.ts'

/** One script of a tree, in hex. */
export interface TreeLeaf {
  readonly id: number
  readonly script: string
  readonly leafVersion: number
}
/** A leaf, or two trees beside each other. */
export type Tree = TreeLeaf | readonly Tree[]

/** Leaves from left to right. */
export function leavesOf(tree: Tree): TreeLeaf[] {
  return Array.isArray(tree) ? tree.flatMap(leavesOf) : [tree as TreeLeaf]
}

/** In hex, as the rest here. [BIP341 §Script validation rules] */
export function leafHash({ script, leafVersion }: TreeLeaf): string {
  return bytesToHex(
    taggedHash('TapLeaf', concatBytes(Uint8Array.of(leafVersion), counted(requireBytes(script)))),
  )
}

/** The hash over a whole tree; that of a leaf is the leaf's. */
export function treeHash(tree: Tree): string {
  if (!Array.isArray(tree)) return leafHash(tree as TreeLeaf)
  const [left, right] = tree.map(treeHash).sort() as [string, string]
  return bytesToHex(taggedHash('TapBranch', requireBytes(left + right)))
}

/** What an internal key is tweaked with; a tree that is not there adds nothing. */
export function tweakOf(internalKey: string, root: string | null): string {
  return bytesToHex(taggedHash('TapTweak', requireBytes(internalKey + (root ?? ''))))
}
