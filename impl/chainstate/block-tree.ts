import { type BlockHeader, hashKey } from '../wire/index.ts'
import { BlockNode, FAILED, FAILED_ANCESTOR } from './block-node.ts'
import type { IndexEntry } from './index-entry.ts'

/** All headers that were accepted, as a tree; which of its blocks have data; and the best of its headers. */
export class BlockTree {
  readonly genesis: BlockNode
  readonly #nodes = new Map<string, BlockNode>()
  readonly #waiting = new Map<BlockNode, BlockNode[]>()
  readonly #changed = new Set<BlockNode>()
  #best: BlockNode
  #nextSequence = 1
  #preferredRank = -1
  #preferredWork = 0n

  constructor(genesis: BlockHeader) {
    this.genesis = new BlockNode(genesis, undefined)
    this.genesis.isLinked = true
    this.#nodes.set(hashKey(genesis.hash), this.genesis)
    this.#best = this.genesis
  }

  /** Header with the most work that is not known to be invalid, the first seen of equals. */
  get best(): BlockNode {
    return this.#best
  }

  get(hash: Uint8Array): BlockNode | undefined {
    return this.#nodes.get(hashKey(hash))
  }

  nodes(): IterableIterator<BlockNode> {
    return this.#nodes.values()
  }

  /** Adds a header whose parent is in the tree. */
  add(header: BlockHeader, parent: BlockNode): BlockNode {
    const node = new BlockNode(header, parent)
    this.#nodes.set(hashKey(node.hash), node)
    if (parent.isFailed) node.status |= FAILED_ANCESTOR
    else if (node.chainWork > this.#best.chainWork) this.#best = node
    this.#changed.add(node)
    return node
  }

  /** Adds a block as the store has it; parents come first. */
  restore(header: BlockHeader, parent: BlockNode, entry: IndexEntry): BlockNode {
    const node = new BlockNode(header, parent)
    this.#nodes.set(hashKey(node.hash), node)
    node.status = entry.status
    node.transactionCount = entry.transactionCount
    node.undo = entry.undo
    node.sequence = entry.sequence
    this.#nextSequence = Math.max(this.#nextSequence, entry.sequence + 1)
    if (!node.isFailed && node.chainWork > this.#best.chainWork) this.#best = node
    node.data = entry.data
    if (node.data !== undefined) this.link(node)
    return node
  }

  /**
   * The data of a block has come, or is known from before. Returns the blocks that now have all data below them,
   * parents first; they get their ranks in this order unless they have one.
   */
  link(node: BlockNode): BlockNode[] {
    const parent = node.previous
    if (parent === undefined) return []
    if (!parent.isLinked) {
      const waiting = this.#waiting.get(parent)
      if (waiting === undefined) this.#waiting.set(parent, [node])
      else waiting.push(node)
      return []
    }
    const linked: BlockNode[] = [node]
    for (let i = 0; i < linked.length; i++) {
      const next = linked[i]!
      next.isLinked = true
      if (next.sequence === 0) this.rank(next, this.#nextSequence)
      linked.push(...(this.#waiting.get(next) ?? []))
      this.#waiting.delete(next)
    }
    return linked
  }

  /** Sets the rank of a block among those of equal work. */
  rank(node: BlockNode, sequence: number): void {
    node.sequence = sequence
    this.#nextSequence = Math.max(this.#nextSequence, sequence + 1)
    this.touch(node)
  }

  /** Ranks a block before all others of its work that were preferred while the tip had this work. [Core PreciousBlock] */
  prefer(node: BlockNode, tipWork: bigint): void {
    if (tipWork > this.#preferredWork) this.#preferredRank = -1
    this.#preferredWork = tipWork
    this.rank(node, this.#preferredRank--)
  }

  /** Takes away the data of a block whose file does not hold it any more; those above it wait for it again. */
  unlink(node: BlockNode): void {
    node.data = undefined
    this.touch(node)
    if (!node.isLinked) {
      const waiting = this.#waiting.get(node.previous!)
      if (waiting !== undefined) waiting.splice(waiting.indexOf(node) >>> 0, 1)
      return
    }
    for (const other of this.#nodes.values()) {
      if (!other.isLinked || !other.descendsFrom(node)) continue
      other.isLinked = false
      if (other === node) continue
      const waiting = this.#waiting.get(other.previous!)
      if (waiting === undefined) this.#waiting.set(other.previous!, [other])
      else waiting.push(other)
    }
  }

  /** Marks a block invalid and all above it as built on an invalid one. */
  fail(node: BlockNode): void {
    node.status |= FAILED
    this.touch(node)
    for (const other of this.#nodes.values())
      if (other !== node && other.descendsFrom(node) && (other.status & FAILED_ANCESTOR) === 0) {
        other.status |= FAILED_ANCESTOR
        this.touch(other)
      }
    if (this.#best.isFailed) this.#findBest()
  }

  /** Forgets that a block, those below it and those above it were invalid. [Core ResetBlockFailureFlags] */
  forgive(node: BlockNode): void {
    for (const other of this.#nodes.values())
      if (other.isFailed && (other.descendsFrom(node) || node.descendsFrom(other))) {
        other.status &= ~(FAILED | FAILED_ANCESTOR)
        this.touch(other)
      }
    this.#findBest()
  }

  /** The block's index entry must be written. */
  touch(node: BlockNode): void {
    this.#changed.add(node)
  }

  /** Blocks whose entries changed since the last call. */
  takeChanged(): BlockNode[] {
    const changed = [...this.#changed]
    this.#changed.clear()
    return changed
  }

  #findBest(): void {
    let best = this.genesis
    for (const node of this.#nodes.values())
      if (!node.isFailed && node.chainWork > best.chainWork) best = node
    this.#best = best
  }
}
