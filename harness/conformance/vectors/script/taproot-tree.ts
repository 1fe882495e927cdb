import { concat, fromHex, taggedHash, toHex, withLength } from './bytes.ts'

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
  return toHex(taggedHash('TapLeaf', concat(Uint8Array.of(leafVersion), withLength(fromHex(script)))))
}

/** The hash over a whole tree; that of a leaf is the leaf's. */
export function treeHash(tree: Tree): string {
  if (!Array.isArray(tree)) return leafHash(tree as TreeLeaf)
  const [left, right] = tree.map(treeHash).sort() as [string, string]
  return toHex(taggedHash('TapBranch', fromHex(left + right)))
}

/** What an internal key is tweaked with; a tree that is not there adds nothing. */
export function tweakOf(internalKey: string, root: string | null): string {
  return toHex(taggedHash('TapTweak', fromHex(internalKey + (root ?? ''))))
}
