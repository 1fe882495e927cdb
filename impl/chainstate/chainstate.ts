import type { ChainParameters } from '../chains/index.ts'
import { Activations, type BlockVerdict, medianTimePast } from '../validation/index.ts'
import type { Block, BlockHeader } from '../wire/index.ts'
import { Acceptance } from './acceptance.ts'
import { ActiveChain } from './active-chain.ts'
import type { BlockNode } from './block-node.ts'
import type { BlockStore } from './block-store.ts'
import type { BlockTree } from './block-tree.ts'
import { Candidates, compareTips } from './candidates.ts'
import type { ChainListener } from './chain-listener.ts'
import type { CoinCache } from './coin-cache.ts'
import type { Coin } from './coin-record.ts'
import { CoinWalk } from './coin-walk.ts'
import { FlushSchedule } from './flush-schedule.ts'
import { openState } from './open.ts'
import { CHAINSTATE_DEFAULTS, type ChainstateOptions } from './options.ts'
import { restoreBlocks } from './restore.ts'

/** The block tree, the active chain and its coins; knows nothing of peers or unconfirmed transactions. */
export class Chainstate {
  readonly chain: ChainParameters
  /** The rules for the child of each block. */
  readonly activations: Activations
  /** What the operator should know about the opening, in one line: what was rebuilt from the block files, and why. */
  readonly notice: string | undefined
  /** All unspent coins at the tip, for questions that walk over them. */
  readonly coins: CoinWalk
  readonly #tree: BlockTree
  readonly #blocks: BlockStore
  readonly #coins: CoinCache
  readonly #acceptance: Acceptance
  readonly #candidates = new Candidates()
  readonly #active: ActiveChain
  readonly #listeners: ChainListener[] = []
  readonly #flushes: FlushSchedule

  /** Opens the chain on what the storage holds: a state that it had at some earlier flush. Throws StoreError. */
  constructor(options: ChainstateOptions) {
    const { chain, files, store, crypto, checks } = options
    const settings = { ...CHAINSTATE_DEFAULTS, salt: 0, ...options }
    const { coinBytesMax, flushAfterBlocks, flushSliceOperations } = settings
    const state = openState(chain, files, store, crypto, settings)
    this.chain = chain
    this.activations = new Activations(chain)
    const { assumeValid, scriptsTurned } = options
    const context = { chain, activations: this.activations, crypto, checks, store, ...state }
    this.#active = new ActiveChain({ ...context, assumeValid, scriptsTurned }, state.tip)
    this.#tree = state.tree
    this.#blocks = state.blocks
    this.#coins = state.coins
    this.coins = new CoinWalk(state.coins, crypto)
    this.#acceptance = new Acceptance(context, (node) => {
      if (!node.isFailed && compareTips(node, this.tip) >= 0) this.#candidates.add(node)
    })
    this.#flushes = new FlushSchedule(context, state.tip.hash, {
      coinBytesMax,
      movesMax: flushAfterBlocks,
      sliceOperations: flushSliceOperations,
    })
    this.notice = state.isEmptied ? restoreBlocks(state, this.#acceptance) : state.fault
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
    return (
      this.#active.isConnecting ||
      this.#flushes.isDue ||
      this.tip.isFailed ||
      this.#candidates.nextTip(this.tip) !== this.tip
    )
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

  /** The coins that a connected block spent, as `coin-record.ts` encodes them; undefined when they are not at hand. */
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

  /** The same, counted over all coins as they are read now. Throws StoreError where one is damaged. */
  recountedCoinDigest(): Uint8Array {
    return this.#coins.recountedDigest()
  }

  /**
   * Why a block, its proof of work left out, could not be the next one, or nothing. Nothing is kept or remembered.
   * `now` is Unix time in seconds. [Core TestBlockValidity]
   */
  tryBlock(block: Block, now: number): BlockVerdict | undefined {
    this.#finish()
    return this.#acceptance.tryBlock(block, this.tip, now) ?? this.#active.trial(block)
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
    else if (this.#candidates.mustLeave(this.tip)) this.#disconnect()
    if (!this.#flushes.isDue && !this.#candidates.mustLeave(this.tip)) this.#begin()
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
    return node?.previous !== undefined && this.#override(() => this.#tree.fail(node))
  }

  /** Takes back what made a block invalid, and those below and above it. False when it is unknown. */
  reconsider(hash: Uint8Array): boolean {
    const node = this.#tree.get(hash)
    return node !== undefined && this.#override(() => this.#tree.forgive(node))
  }

  /** Prefers a block to others of equal work, as if it had come first. False when it is unknown. */
  precious(hash: Uint8Array): boolean {
    const node = this.#tree.get(hash)
    if (node === undefined || node.chainWork < this.tip.chainWork) return node !== undefined
    return this.#override(() => this.#tree.prefer(node, this.tip.chainWork))
  }

  #override(change: () => void): true {
    this.#finish()
    change()
    this.#refill()
    return true
  }

  #begin(): void {
    const goal = this.#candidates.nextTip(this.tip)
    if (goal !== this.tip) this.#active.begin(goal.ancestor(this.tip.height + 1))
  }

  #finish(): void {
    const outcome = this.#active.finish()
    if (outcome === undefined) return
    const { block, node, rejection } = outcome
    if (rejection !== undefined) {
      this.#acceptance.fail(node, rejection)
      for (const listener of this.#listeners) listener.failed?.(node, rejection)
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

  #refill(): void {
    this.#candidates.refill(this.#tree.nodes(), this.tip)
  }
}
