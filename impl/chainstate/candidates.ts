import type { BlockNode } from './block-node.ts'

/** Positive when `a` is the better tip: more work, or equal work and the better rank. [Core CBlockIndexWorkComparator] */
export function compareTips(a: BlockNode, b: BlockNode): number {
  if (a === b) return 0
  if (a.chainWork !== b.chainWork) return a.chainWork > b.chainWork ? 1 : -1
  return b.sequence - a.sequence
}

/** Blocks that may become the tip: all data below them at hand, not failed, no worse than the present tip. */
export class Candidates {
  readonly #nodes = new Set<BlockNode>()

  add(node: BlockNode): void {
    this.#nodes.add(node)
  }

  /** The best of them; failed ones and those that lost data are dropped on the way. */
  best(): BlockNode | undefined {
    let best: BlockNode | undefined
    for (const node of this.#nodes) {
      if (node.isFailed || !node.isLinked) this.#nodes.delete(node)
      else if (best === undefined || compareTips(node, best) > 0) best = node
    }
    return best
  }

  /** Drops what is worse than the tip. */
  prune(tip: BlockNode): void {
    for (const node of this.#nodes) if (compareTips(node, tip) < 0) this.#nodes.delete(node)
  }

  /** Starts again from all blocks of the tree: after some were declared invalid, or valid again. */
  refill(nodes: Iterable<BlockNode>, floor: BlockNode): void {
    this.#nodes.clear()
    for (const node of nodes)
      if (node.isLinked && !node.isFailed && compareTips(node, floor) >= 0) this.#nodes.add(node)
  }
}
