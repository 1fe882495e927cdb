import type { ChainParameters } from '../chains/index.ts'
import { Activations, type BlockVerdict, medianTimePast } from '../validation/index.ts'
import type { Block, BlockHeader } from '../wire/index.ts'
import { Acceptance } from './acceptance.ts'
import { ActiveChain } from './active-chain.ts'
import { type BlockNode, forkPoint } from './block-node.ts'
import type { BlockStore } from './block-store.ts'
import type { BlockTree } from './block-tree.ts'
import { Candidates, compareTips } from './candidates.ts'
import type { CoinCache } from './coin-cache.ts'
import type { Coin } from './coin-record.ts'
import { FlushSchedule } from './flush-schedule.ts'
import { openState } from './open.ts'
import { CHAINSTATE_DEFAULTS, type ChainstateOptions } from './options.ts'

/** Hears of every move of the tip, while the coins are those after the move. */
export interface ChainListener {
  connected(block: Block, node: BlockNode): void
  disconnected(block: Block, node: BlockNode): void
  /** A block that should have become the tip has failed; the tip is where it was. */
  failed?(): void
}

/** Opens the chain on what the storage holds: a state that it had at some earlier flush. Throws StoreError. */
export function openChainstate(options: ChainstateOptions): Chainstate {
  return new Chainstate(options)
}

/** The block tree, the active chain and its coins; knows nothing of peers or unconfirmed transactions. */
export class Chainstate {
  readonly chain: ChainParameters
  /** The rules for the child of each block. */
  readonly activations: Activations
  /** What the operator should know about the opening, in one line: that all was rebuilt from the block files, and why. */
  readonly notice: string | undefined
  readonly #tree: BlockTree
  readonly #blocks: BlockStore
  readonly #coins: CoinCache
  readonly #acceptance: Acceptance
  readonly #candidates = new Candidates()
  readonly #active: ActiveChain
  readonly #listeners: ChainListener[] = []
  readonly #flushes: FlushSchedule

  constructor(options: ChainstateOptions) {
    const { chain, files, store, crypto, checks } = options
    const { coinBytesMax, fileBytesMax, flushAfterBlocks, flushSliceOperations, salt } = {
      ...CHAINSTATE_DEFAULTS,
      salt: 0,
      ...options,
    }
    const state = openState(chain, files, store, crypto, { salt, fileBytesMax, flushSliceOperations })
    this.chain = chain
    this.activations = new Activations(chain)
    const context = { chain, activations: this.activations, crypto, checks, store, ...state }
    this.#active = new ActiveChain(context, state.tip)
    this.#tree = state.tree
    this.#blocks = state.blocks
    this.#coins = state.coins
    this.#acceptance = new Acceptance(context, (node) => {
      if (!node.isFailed && compareTips(node, this.tip) >= 0) this.#candidates.add(node)
    })
    this.#flushes = new FlushSchedule(context, state.tip.hash, {
      coinBytesMax,
      movesMax: flushAfterBlocks,
      sliceOperations: flushSliceOperations,
    })
    this.notice = state.rebuilt === undefined ? undefined : this.#restoreBlocks(state.rebuilt)
    this.#refill()
    if (options.digest === true) this.#coins.digest()
  }

  get tip(): BlockNode {
    return this.#active.tip
  }

  /** The header with the most work that is not known to be invalid. */
  get headerTip(): BlockNode {
    return this.#tree.best
  }

  get medianTimePast(): number {
    return medianTimePast(this.tip, this.chain.limits.medianTimeSpan)
  }

  get coinCount(): number {
    return this.#coins.count
  }

  /** True while `connectNext` would do something. */
  get hasWork(): boolean {
    return this.#active.isConnecting || this.#flushes.isDue || this.tip.isFailed || this.#nextTip !== this.tip
  }

  listen(listener: ChainListener): void {
    this.#listeners.push(listener)
  }

  node(hash: Uint8Array): BlockNode | undefined {
    return this.#tree.get(hash)
  }

  nodes(): IterableIterator<BlockNode> {
    return this.#tree.nodes()
  }

  /** The block of the active chain at a height; undefined above the tip. */
  activeAt(height: number): BlockNode | undefined {
    return this.#active.at(height)
  }

  isActive(node: BlockNode): boolean {
    return this.#active.includes(node)
  }

  /** The block's bytes, parsed; undefined when they are not at hand. */
  block(node: BlockNode): Block | undefined {
    return this.#blocks.readBlock(node)
  }

  /** The coins that a connected block spent, as `coin-record.ts` tells; undefined when they are not at hand. */
  undoData(node: BlockNode): Uint8Array | undefined {
    return this.#blocks.readUndo(node)
  }

  /** An unspent coin at the tip. The outpoint has 36 bytes, as serialized. */
  coin(outpoint: Uint8Array): Coin | undefined {
    return this.#coins.coin(outpoint)
  }

  /** 32 bytes, least significant first. Walks over all coins when asked for the first time, unless kept from the start. */
  coinDigest(): Uint8Array {
    return this.#coins.digest()
  }

  /** Sats in coins of exactly this script. Walks over all coins. */
  balanceOf(script: Uint8Array): bigint {
    return this.#coins.balanceOf(script)
  }

  /** Judges a header and keeps it: `stored`, or `duplicate` when it is known. `now` is Unix time in seconds. */
  acceptHeader(header: BlockHeader, now: number): BlockVerdict {
    return this.#acceptance.acceptHeader(header, now)
  }

  /**
   * Judges all of a block but its spending, and keeps it. `stored` does not say yet whether it will be connected:
   * call `connectNext` until nothing is left, then `verdictOf`. The block's bytes must not change afterwards.
   */
  acceptBlock(block: Block, now: number): BlockVerdict {
    return this.#acceptance.acceptBlock(block, now)
  }

  /** What became of a block by now; undefined for an unknown one. */
  verdictOf(hash: Uint8Array): BlockVerdict | undefined {
    const node = this.#tree.get(hash)
    if (node === undefined) return undefined
    if (this.isActive(node)) return { outcome: 'connected' }
    return node.isFailed ? this.#acceptance.failureOf(node) : { outcome: 'stored' }
  }

  /**
   * Moves the tip by at most one block, or flushes one slice; then begins to connect the next block, if that is the next
   * thing to do. Blocks and headers may be accepted while the scripts of that one are being judged. Returns true when
   * there is more to do. Throws StoreError when the storage lost data without which it cannot go on; this chainstate is
   * then of no more use.
   */
  connectNext(): boolean {
    if (this.#active.isConnecting) this.#finish()
    else if (this.#flushes.isDue) this.#flushes.step(this.tip.hash)
    else if (this.#mustDisconnect) this.#disconnect()
    if (!this.#flushes.isDue && !this.#mustDisconnect) this.#begin()
    return this.hasWork
  }

  /** Makes everything durable before it returns. */
  flush(): void {
    this.#finish()
    this.#flushes.finish(this.tip.hash)
  }

  /** Declares a block invalid by the operator's word; `connectNext` then leaves it. False when it is unknown or the genesis. */
  invalidate(hash: Uint8Array): boolean {
    const node = this.#tree.get(hash)
    if (node?.previous === undefined) return false
    this.#finish()
    this.#tree.fail(node)
    this.#refill()
    return true
  }

  /** Takes back what made a block invalid, and those below and above it. False when it is unknown. */
  reconsider(hash: Uint8Array): boolean {
    const node = this.#tree.get(hash)
    if (node === undefined) return false
    this.#finish()
    this.#tree.forgive(node)
    this.#refill()
    return true
  }

  /** Prefers a block to others of equal work, as if it had come first. False when it is unknown. */
  precious(hash: Uint8Array): boolean {
    const node = this.#tree.get(hash)
    if (node === undefined) return false
    this.#finish()
    if (node.chainWork < this.tip.chainWork) return true
    this.#tree.prefer(node, this.tip.chainWork)
    this.#refill()
    return true
  }

  /** Judges all blocks of the block files again; what to tell of it, if there were any. */
  #restoreBlocks(reason: string): string | undefined {
    let found = 0
    let kept = 0
    for (const block of this.#blocks.found()) {
      found++
      if (this.#acceptance.restoreBlock(block).outcome === 'stored') kept++
    }
    return found === 0
      ? undefined
      : `${reason}: ${kept} of ${found} blocks of the block files are judged again`
  }

  /** The tip as it should be. */
  get #nextTip(): BlockNode {
    return this.#candidates.best() ?? this.tip
  }

  /** The tip has failed, or a better one is not above it. */
  get #mustDisconnect(): boolean {
    return this.tip.isFailed || forkPoint(this.#nextTip, this.tip) !== this.tip
  }

  #begin(): void {
    const goal = this.#nextTip
    if (goal !== this.tip) this.#active.begin(goal.ancestor(this.tip.height + 1))
  }

  #finish(): void {
    const outcome = this.#active.finish()
    if (outcome === undefined) return
    const { block, node, rejection } = outcome
    if (rejection !== undefined) {
      this.#acceptance.fail(node, rejection)
      for (const listener of this.#listeners) listener.failed?.()
      return
    }
    this.#candidates.prune(node)
    this.#flushes.noteMove()
    for (const listener of this.#listeners) listener.connected(block, node)
  }

  #disconnect(): void {
    const node = this.tip
    const block = this.#active.disconnect()
    this.#flushes.noteMove()
    for (const listener of this.#listeners) listener.disconnected(block, node)
  }

  /**
   * Starts the choice of the best tip again, from the highest block of the active chain that is not failed: a crash may
   * leave the coins at a tip that the operator invalidated.
   */
  #refill(): void {
    let floor = this.tip
    while (floor.isFailed) floor = floor.previous!
    this.#candidates.refill(this.#tree.nodes(), floor)
  }
}
