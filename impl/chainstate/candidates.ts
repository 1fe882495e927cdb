import { type BlockNode, forkPoint } from './block-node.ts'

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

  /** What the tip should be instead of this one, or this one. */
  nextTip(tip: BlockNode): BlockNode {
    return this.#best() ?? tip
  }

  /** The tip has failed, or a better one is not above it. */
  mustLeave(tip: BlockNode): boolean {
    return tip.isFailed || forkPoint(this.nextTip(tip), tip) !== tip
  }

  /** The best of them; failed ones and those that lost data are dropped on the way. */
  #best(): BlockNode | undefined {
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

  /**
   * Starts again from all blocks of the tree: after some were declared invalid, or valid again. Those count that are no
   * worse than the highest block up to `tip` that is not failed: a crash may leave the coins at a tip that the operator
   * invalidated.
   */
  refill(nodes: Iterable<BlockNode>, tip: BlockNode): void {
    let floor = tip
    while (floor.isFailed) floor = floor.previous!
    this.#nodes.clear()
    for (const node of nodes)
      if (node.isLinked && !node.isFailed && compareTips(node, floor) >= 0) this.#nodes.add(node)
  }
}
