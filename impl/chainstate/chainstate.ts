import type { ChainParameters } from '../chains/index.ts'
import type { Crypto, ScriptChecks } from '../script-engine/index.ts'
import type { Files, OrderedStore } from '../storage/index.ts'
import {
  type Activation,
  Activations,
  type BlockVerdict,
  checkBlock,
  checkBlockInContext,
  checkHeader,
  checkHeaderInContext,
  invalid,
  medianTimePast,
  type Rejection,
  reject,
} from '../validation/index.ts'
import { type Block, type BlockHeader, hashToHex } from '../wire/index.ts'
import { BlockNode, FAILED, forkPoint } from './block-node.ts'
import type { BlockStore } from './block-store.ts'
import type { BlockTree } from './block-tree.ts'
import { Candidates, compareTips } from './candidates.ts'
import type { CoinCache } from './coin-cache.ts'
import type { Coin } from './coin-record.ts'
import { BlockConnection } from './connect.ts'
import { undoTransactions } from './disconnect.ts'
import { duplicateCheck, mayOverwrite } from './duplicates.ts'
import { FlushSchedule } from './flush-schedule.ts'
import { openState } from './open.ts'
import { requestRebuild } from './rebuild.ts'
import { StoreError } from './store-error.ts'

export interface ChainstateOptions {
  readonly chain: ChainParameters
  readonly files: Files
  readonly store: OrderedStore
  readonly crypto: Crypto
  readonly checks: ScriptChecks
  /** Any 32-bit number; it keeps positions in memory unforeseeable and shows nowhere. */
  readonly salt?: number
  /** Keep the digest of all coins from the start, which costs one hash for each coin made or spent. */
  readonly digest?: boolean
  /** Coins in memory beyond this many bytes are flushed. */
  readonly coinBytesMax?: number
  /** Flush after this many blocks were connected or disconnected, however small the coins. */
  readonly flushAfterBlocks?: number
  /** Index entries or coins in one batch of a flush. */
  readonly flushSliceOperations?: number
  /** A block file that would grow beyond this many bytes is followed by another. */
  readonly fileBytesMax?: number
}

/** Told of every move of the tip, while the coins are those after the move. */
export interface ChainListener {
  connected(block: Block, node: BlockNode): void
  disconnected(block: Block, node: BlockNode): void
  /** A block that should have become the tip has failed; the tip is where it was. */
  failed?(): void
}

const DUPLICATE: BlockVerdict = { outcome: 'duplicate', reason: 'duplicate' }
const COIN_BYTES_MAX = 450 << 20
const FLUSH_AFTER_BLOCKS = 2000
const FLUSH_SLICE_OPERATIONS = 8000
const FILE_BYTES_MAX = 128 << 20

/** Opens the chain on what the storage holds: a state that it had at some earlier flush. Throws StoreError. */
export function openChainstate(options: ChainstateOptions): Chainstate {
  return new Chainstate(options)
}

/** The block tree, the active chain and its coins; knows nothing of peers or loose transactions. */
export class Chainstate {
  readonly chain: ChainParameters
  readonly activations: Activations
  readonly #crypto: Crypto
  readonly #checks: ScriptChecks
  readonly #store: OrderedStore
  readonly #tree: BlockTree
  readonly #blocks: BlockStore
  readonly #coins: CoinCache
  readonly #candidates = new Candidates()
  readonly #active: BlockNode[] = []
  readonly #listeners: ChainListener[] = []
  readonly #failures = new WeakMap<BlockNode, Rejection>()
  readonly #flushes: FlushSchedule
  /** The block that is being connected; the tip and the coins are still those before it. */
  #connection: BlockConnection | undefined
  #preciousRank = -1
  #preciousWork = 0n

  constructor(options: ChainstateOptions) {
    const { chain, files, store, crypto } = options
    const { flushSliceOperations = FLUSH_SLICE_OPERATIONS } = options
    const state = openState(chain, files, store, crypto, {
      salt: options.salt ?? 0,
      fileBytesMax: options.fileBytesMax ?? FILE_BYTES_MAX,
      flushSliceOperations,
    })
    this.chain = chain
    this.activations = new Activations(chain)
    this.#crypto = crypto
    this.#checks = options.checks
    this.#store = store
    this.#tree = state.tree
    this.#blocks = state.blocks
    this.#coins = state.coins
    this.#flushes = new FlushSchedule({ store, ...state }, state.tip.hash, {
      coinBytesMax: options.coinBytesMax ?? COIN_BYTES_MAX,
      movesMax: options.flushAfterBlocks ?? FLUSH_AFTER_BLOCKS,
      sliceOperations: flushSliceOperations,
    })
    for (let node: BlockNode | undefined = state.tip; node !== undefined; node = node.previous)
      this.#active[node.height] = node
    this.#refill()
    if (options.digest === true) this.#coins.digest()
  }

  get tip(): BlockNode {
    return this.#active[this.#active.length - 1]!
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
      this.#connection !== undefined || this.#flushes.isDue || this.tip.isFailed || this.#nextTip !== this.tip
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
    return this.#active[height]
  }

  isActive(node: BlockNode): boolean {
    return this.#active[node.height] === node
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

  /** The rules for the child of a block. */
  activationAfter(parent: BlockNode): Activation {
    return this.activations.after(parent)
  }

  /** Judges a header and keeps it: `stored`, or `duplicate` when it is known. `now` is Unix time in seconds. */
  acceptHeader(header: BlockHeader, now: number): BlockVerdict {
    const known = this.#tree.get(header.hash)
    if (known !== undefined) return verdictOfKnown(known) ?? DUPLICATE
    const judged = checkHeader(header, this.chain, this.#crypto) ?? this.#addHeader(header, now)
    return judged instanceof BlockNode ? { outcome: 'stored' } : judged
  }

  /**
   * Judges all of a block but its spending, and keeps it. `stored` does not say yet whether it will be connected:
   * call `connectNext` until nothing is left, then `verdictOf`. The block's bytes must not change afterwards.
   */
  acceptBlock(block: Block, now: number): BlockVerdict {
    const rejection = checkBlock(block, this.chain, this.#crypto)
    if (rejection !== undefined) return rejection
    const known = this.#tree.get(block.hash)
    const node = known ?? this.#addHeader(block.header, now)
    if (!(node instanceof BlockNode)) return node
    const verdict = verdictOfKnown(node)
    if (verdict !== undefined) return verdict
    if (node.data !== undefined || node.previous === undefined) return DUPLICATE
    return this.#storeBlock(block, node, node.previous)
  }

  /** What became of a block by now; undefined for an unknown one. */
  verdictOf(hash: Uint8Array): BlockVerdict | undefined {
    const node = this.#tree.get(hash)
    if (node === undefined) return undefined
    if (this.isActive(node)) return { outcome: 'connected' }
    if (!node.isFailed) return { outcome: 'stored' }
    if ((node.status & FAILED) === 0) return { outcome: 'invalid-ancestor' }
    return this.#failures.get(node) ?? invalid('duplicate-invalid')
  }

  /**
   * Moves the tip by at most one block, or flushes one slice; then begins to connect the next block, if that is the next
   * thing to do. Blocks and headers may be accepted while the scripts of that one are being judged. Returns true when
   * there is more to do. Throws StoreError when the storage lost data without which it cannot go on; this chainstate is
   * then of no more use.
   */
  connectNext(): boolean {
    if (this.#connection !== undefined) this.#finishConnection()
    else if (this.#flushes.isDue) this.#flushes.step(this.tip.hash)
    else if (this.#mustDisconnect) this.#disconnectTip()
    if (!this.#flushes.isDue && !this.#mustDisconnect) this.#beginConnection()
    return this.hasWork
  }

  /** Makes everything durable before it returns. */
  flush(): void {
    this.#finishConnection()
    this.#flushes.finish(this.tip.hash)
  }

  /** Declares a block invalid; `connectNext` then leaves it. False when it is unknown or the genesis. */
  invalidate(hash: Uint8Array): boolean {
    const node = this.#tree.get(hash)
    if (node?.previous === undefined) return false
    this.#finishConnection()
    this.#tree.fail(node)
    this.#refill()
    return true
  }

  /** Takes back what made a block invalid, and those below and above it. False when it is unknown. */
  reconsider(hash: Uint8Array): boolean {
    const node = this.#tree.get(hash)
    if (node === undefined) return false
    this.#finishConnection()
    this.#tree.forgive(node)
    this.#refill()
    return true
  }

  /** Prefers a block to others of equal work, as if it had come first. False when it is unknown. */
  precious(hash: Uint8Array): boolean {
    const node = this.#tree.get(hash)
    if (node === undefined) return false
    this.#finishConnection()
    if (node.chainWork < this.tip.chainWork) return true
    if (this.tip.chainWork > this.#preciousWork) this.#preciousRank = -1
    this.#preciousWork = this.tip.chainWork
    this.#tree.rank(node, this.#preciousRank--)
    this.#refill()
    return true
  }

  #addHeader(header: BlockHeader, now: number): BlockNode | BlockVerdict {
    const parent = this.#tree.get(header.previousHash)
    if (parent === undefined) return reject('missing', 'prev-blk-not-found')
    if (parent.isFailed) return { outcome: 'invalid-ancestor', reason: 'bad-prevblk' }
    const activation = this.activations.after(parent)
    return (
      checkHeaderInContext(header, parent, activation, this.chain.limits, now) ??
      this.#tree.add(header, parent)
    )
  }

  #storeBlock(block: Block, node: BlockNode, parent: BlockNode): BlockVerdict {
    const activation = this.activations.after(parent)
    const rejection = checkBlockInContext(block, parent, activation, this.chain.limits, this.#crypto)
    if (rejection !== undefined) {
      if (rejection.class !== 'mutated') this.#fail(node, rejection)
      return rejection
    }
    node.data = this.#blocks.writeBlock(node, block)
    node.transactionCount = block.transactions.length
    this.#tree.touch(node)
    for (const linked of this.#tree.link(node))
      if (!linked.isFailed && compareTips(linked, this.tip) >= 0) this.#candidates.add(linked)
    return { outcome: 'stored' }
  }

  #fail(node: BlockNode, rejection: Rejection): void {
    this.#failures.set(node, rejection)
    this.#tree.fail(node)
  }

  /** The tip as it should be. */
  get #nextTip(): BlockNode {
    return this.#candidates.best() ?? this.tip
  }

  /** The tip has failed, or a better one is not above it. */
  get #mustDisconnect(): boolean {
    return this.tip.isFailed || forkPoint(this.#nextTip, this.tip) !== this.tip
  }

  #beginConnection(): void {
    const goal = this.#nextTip
    if (goal === this.tip) return
    const node = goal.ancestor(this.tip.height + 1)
    const block = this.#blocks.readBlock(node)
    if (block === undefined) {
      this.#tree.unlink(node)
      return
    }
    const activation = this.activations.after(this.tip)
    this.#connection = new BlockConnection(block, node, this.#coins, {
      chain: this.chain,
      activation,
      flags: this.activations.flagsFor(() => hashToHex(node.hash), activation),
      duplicateCheck: duplicateCheck(node, this.chain),
      mayOverwrite: mayOverwrite(node, this.chain),
      checks: this.#checks,
    })
  }

  #finishConnection(): void {
    const connection = this.#connection
    if (connection === undefined) return
    this.#connection = undefined
    const { block, node } = connection
    const undo = connection.finish()
    if (!(undo instanceof Uint8Array)) {
      this.#fail(node, undo)
      for (const listener of this.#listeners) listener.failed?.()
      return
    }
    node.undo = this.#blocks.writeUndo(undo)
    this.#blocks.noteConnected(node)
    this.#tree.touch(node)
    this.#active.push(node)
    this.#candidates.prune(node)
    this.#flushes.noteMove()
    for (const listener of this.#listeners) listener.connected(block, node)
  }

  #disconnectTip(): void {
    const node = this.tip
    const block = this.#blocks.readBlock(node)
    const undo = this.#blocks.readUndo(node)
    if (block === undefined || undo === undefined)
      throw this.#damaged(`block ${node.height} cannot be read to disconnect it`)
    const isClean = undoTransactions(block, node.height, undo, this.#coins)
    if (!isClean && this.chain.duplicates.exceptions.size === 0)
      throw this.#damaged(`the coins are not those that block ${node.height} left`)
    this.#coins.endBlock()
    this.#active.pop()
    this.#flushes.noteMove()
    for (const listener of this.#listeners) listener.disconnected(block, node)
  }

  #damaged(message: string): StoreError {
    requestRebuild(this.#store)
    return new StoreError(`${message}; the coins are made anew when the store is opened again`)
  }

  /**
   * Starts the choice of the best tip again, from the highest block of the active chain that is not failed: a crash may
   * leave the coins at a tip that was overruled.
   */
  #refill(): void {
    let floor = this.tip
    while (floor.isFailed) floor = floor.previous!
    this.#candidates.refill(this.#tree.nodes(), floor)
  }
}

/** A block that is known to be invalid, or to have an invalid one below it; undefined for others. */
function verdictOfKnown(node: BlockNode): BlockVerdict | undefined {
  if (!node.isFailed) return undefined
  return (node.status & FAILED) !== 0
    ? invalid('duplicate-invalid')
    : { outcome: 'invalid-ancestor', reason: 'duplicate-invalid' }
}
