import type { ChainParameters } from '../chains/index.ts'
import type { Crypto } from '../script-engine/index.ts'
import type { RecordPosition } from '../storage/index.ts'
import {
  type Activations,
  asDisguise,
  type BlockVerdict,
  checkBlock,
  checkBlockBody,
  checkBlockInContext,
  checkHeader,
  checkHeaderInContext,
  invalid,
  type Rejection,
  reject,
} from '../validation/index.ts'
import type { Block, BlockHeader } from '../wire/index.ts'
import { BlockNode, FAILED } from './block-node.ts'
import type { FoundBlock } from './block-order.ts'
import type { BlockStore } from './block-store.ts'
import type { BlockTree } from './block-tree.ts'

const DUPLICATE: BlockVerdict = { outcome: 'duplicate', reason: 'duplicate' }

/** What headers and blocks are judged by, and where those that pass are kept. */
export interface AcceptanceContext {
  readonly chain: ChainParameters
  readonly activations: Activations
  readonly crypto: Crypto
  readonly tree: BlockTree
  readonly blocks: BlockStore
}

/** Judges headers and blocks up to their spending, keeps those that pass, and remembers why blocks failed. */
export class Acceptance {
  readonly #chain: ChainParameters
  readonly #activations: Activations
  readonly #crypto: Crypto
  readonly #tree: BlockTree
  readonly #blocks: BlockStore
  readonly #linked: (node: BlockNode) => void
  readonly #failures = new WeakMap<BlockNode, Rejection>()

  /** `linked` is called for each block that now has the data of all blocks below it, parents first. */
  constructor(context: AcceptanceContext, linked: (node: BlockNode) => void) {
    this.#chain = context.chain
    this.#activations = context.activations
    this.#crypto = context.crypto
    this.#tree = context.tree
    this.#blocks = context.blocks
    this.#linked = linked
  }

  /** Judges a header and keeps it: `stored`, or `duplicate` when it is known. `now` is Unix time in seconds. */
  acceptHeader(header: BlockHeader, now: number): BlockVerdict {
    const known = this.#tree.get(header.hash)
    if (known !== undefined) return verdictOfKnown(known) ?? DUPLICATE
    const judged = checkHeader(header, this.#chain, this.#crypto) ?? this.#addHeader(header, now)
    return judged instanceof BlockNode ? { outcome: 'stored' } : judged
  }

  /**
   * Judges all of a block but its spending, and keeps it. `stored` does not say yet whether it will be connected:
   * call `connectNext` until nothing is left, then `verdictOf`. The block's bytes must not change afterwards.
   */
  acceptBlock(block: Block, now: number): BlockVerdict {
    return this.#accept(block, now, (node) => this.#blocks.writeBlock(node, block))
  }

  /**
   * Judges a block that the block files hold already, as `acceptBlock` does, but for its time: it was not ahead of ours
   * when it came.
   */
  restoreBlock({ block, position }: FoundBlock): BlockVerdict {
    return this.#accept(block, Number.POSITIVE_INFINITY, () => position)
  }

  #accept(block: Block, now: number, place: (node: BlockNode) => RecordPosition): BlockVerdict {
    const rejection = asDisguise(block, checkBlock(block, this.#chain, this.#crypto))
    if (rejection !== undefined) return rejection
    const known = this.#tree.get(block.hash)
    const node = known ?? this.#addHeader(block.header, now)
    if (!(node instanceof BlockNode)) return node
    const verdict = verdictOfKnown(node)
    if (verdict !== undefined) return verdict
    if (node.data !== undefined || node.previous === undefined) return DUPLICATE
    return this.#storeBlock(block, node, node.previous, place)
  }

  /** Why a block, its proof of work and its spending left out, could not be the child of `tip`, or nothing. */
  tryBlock(block: Block, tip: BlockNode, now: number): BlockVerdict | undefined {
    const { limits } = this.#chain
    if (this.#tree.get(block.header.previousHash) !== tip)
      return reject('premature', 'inconclusive-not-best-prevblk')
    const activation = this.#activations.after(tip)
    return (
      checkBlockBody(block, this.#chain, this.#crypto) ??
      checkHeaderInContext(block.header, tip, activation, limits, now) ??
      checkBlockInContext(block, tip, activation, limits, this.#crypto)
    )
  }

  /** Why a failed block, or one above it, is refused. */
  failureOf(node: BlockNode): BlockVerdict {
    if ((node.status & FAILED) === 0) return { outcome: 'invalid-ancestor' }
    return this.#failures.get(node) ?? invalid('duplicate-invalid')
  }

  /** Marks a block invalid and remembers the first reason while the node runs. */
  fail(node: BlockNode, rejection: Rejection): void {
    this.#failures.set(node, rejection)
    this.#tree.fail(node)
  }

  #addHeader(header: BlockHeader, now: number): BlockNode | BlockVerdict {
    const parent = this.#tree.get(header.previousHash)
    if (parent === undefined) return reject('missing', 'prev-blk-not-found')
    if (parent.isFailed) return { outcome: 'invalid-ancestor', reason: 'bad-prevblk' }
    const activation = this.#activations.after(parent)
    return (
      checkHeaderInContext(header, parent, activation, this.#chain.limits, now) ??
      this.#tree.add(header, parent)
    )
  }

  #storeBlock(
    block: Block,
    node: BlockNode,
    parent: BlockNode,
    place: (node: BlockNode) => RecordPosition,
  ): BlockVerdict {
    const activation = this.#activations.after(parent)
    const rejection = checkBlockInContext(block, parent, activation, this.#chain.limits, this.#crypto)
    if (rejection !== undefined) {
      if (rejection.class !== 'mutated') this.fail(node, rejection)
      return rejection
    }
    node.data = place(node)
    node.transactionCount = block.transactions.length
    this.#tree.touch(node)
    for (const linked of this.#tree.link(node)) this.#linked(linked)
    return { outcome: 'stored' }
  }
}

/** A block that is known to be invalid, or to have an invalid one below it; undefined for others. */
function verdictOfKnown(node: BlockNode): BlockVerdict | undefined {
  if (!node.isFailed) return undefined
  return (node.status & FAILED) !== 0
    ? invalid('duplicate-invalid')
    : { outcome: 'invalid-ancestor', reason: 'duplicate-invalid' }
}
