import type { ChainParameters } from '../chains/index.ts'
import type { ScriptChecks } from '../script-engine/index.ts'
import type { OrderedStore } from '../storage/index.ts'
import { StoreError } from '../storage/index.ts'
import type { Activations, Rejection } from '../validation/index.ts'
import { type Block, hashToHex } from '../wire/index.ts'
import { BlockNode } from './block-node.ts'
import type { BlockStore } from './block-store.ts'
import type { BlockTree } from './block-tree.ts'
import type { CoinCache } from './coin-cache.ts'
import { BlockConnection } from './connect.ts'
import { undoTransactions } from './disconnect.ts'
import { duplicateCheck, mayOverwrite } from './duplicates.ts'
import { requestRebuild } from './rebuild.ts'
import { whyScriptsAreJudged } from './script-need.ts'

/** What the active chain moves over. */
export interface ActiveChainContext {
  readonly chain: ChainParameters
  readonly activations: Activations
  readonly checks: ScriptChecks
  readonly store: OrderedStore
  readonly tree: BlockTree
  readonly blocks: BlockStore
  readonly coins: CoinCache
  /** Hash of a block below which scripts are not judged; see `whyScriptsAreJudged`. */
  readonly assumeValid: string | undefined
  /** Scripts of blocks are judged from this one on, or, without a reason, no more. */
  readonly scriptsTurned: ((node: BlockNode, reason: string | undefined) => void) | undefined
}

/** A block that was connected, or that failed to connect. */
export interface ConnectedOrFailed {
  readonly block: Block
  readonly node: BlockNode
  /** Absent when the block is now the tip. */
  readonly rejection?: Rejection
}

/** The chain whose coins are at hand, as an array of blocks; moves by one block at a time. */
export class ActiveChain {
  readonly #context: ActiveChainContext
  readonly #nodes: BlockNode[] = []
  /** The block that is being connected; the tip and the coins are still those before it. */
  #connection: BlockConnection | undefined
  #lastReason: string | undefined | null = null

  constructor(context: ActiveChainContext, tip: BlockNode) {
    this.#context = context
    for (let node: BlockNode | undefined = tip; node !== undefined; node = node.previous)
      this.#nodes[node.height] = node
  }

  get tip(): BlockNode {
    return this.#nodes[this.#nodes.length - 1]!
  }

  /** The block at a height; undefined above the tip. */
  at(height: number): BlockNode | undefined {
    return this.#nodes[height]
  }

  includes(node: BlockNode): boolean {
    return this.#nodes[node.height] === node
  }

  get isConnecting(): boolean {
    return this.#connection !== undefined
  }

  /** Begins to connect a child of the tip; does nothing but take it from the candidates when its data is gone. */
  begin(node: BlockNode): void {
    const { tree, blocks } = this.#context
    const block = blocks.readBlock(node)
    if (block === undefined) {
      tree.unlink(node)
      return
    }
    this.#connection = this.#connect(block, node, this.#judgesScripts(node))
  }

  /** Why a block that is a child of the tip could not be connected, or nothing. Nothing moves. */
  trial(block: Block): Rejection | undefined {
    return this.#connect(block, new BlockNode(block.header, this.tip), true).settle()
  }

  #judgesScripts(node: BlockNode): boolean {
    const { assumeValid, tree, chain, scriptsTurned } = this.#context
    const reason = whyScriptsAreJudged(node, assumeValid, tree, chain)
    if (reason !== this.#lastReason) scriptsTurned?.(node, reason)
    this.#lastReason = reason
    return reason !== undefined
  }

  #connect(block: Block, node: BlockNode, judgesScripts: boolean): BlockConnection {
    const { chain, activations, checks, coins } = this.#context
    const activation = activations.after(this.tip)
    return new BlockConnection(block, node, coins, {
      chain,
      activation,
      flags: activations.flagsFor(() => hashToHex(node.hash), activation),
      duplicateCheck: duplicateCheck(node, chain),
      mayOverwrite: mayOverwrite(node, chain),
      checks,
      judgesScripts,
    })
  }

  /** Waits for the scripts of the block that is being connected and makes it the tip, if they succeed; undefined when there is none. */
  finish(): ConnectedOrFailed | undefined {
    const connection = this.#connection
    if (connection === undefined) return undefined
    this.#connection = undefined
    const { tree, blocks } = this.#context
    const { block, node } = connection
    const undo = connection.finish()
    if (!(undo instanceof Uint8Array)) return { block, node, rejection: undo }
    node.undo = blocks.writeUndo(undo)
    blocks.noteConnected(node)
    tree.touch(node)
    this.#nodes.push(node)
    return { block, node }
  }

  /** Takes the tip off and returns its block. Throws StoreError when its data is damaged. */
  disconnect(): Block {
    const { chain, blocks, coins } = this.#context
    const node = this.tip
    const block = blocks.readBlock(node)
    const undo = blocks.readUndo(node)
    if (block === undefined || undo === undefined)
      throw this.#damaged(`block ${node.height} cannot be read to disconnect it`)
    const isClean = undoTransactions(block, node.height, undo, coins)
    if (!isClean && chain.duplicates.exceptions.size === 0)
      throw this.#damaged(`the coins are not those that block ${node.height} left`)
    coins.endBlock()
    this.#nodes.pop()
    return block
  }

  #damaged(message: string): StoreError {
    requestRebuild(this.#context.store)
    return new StoreError(`${message}; the coins are rebuilt when the store is opened again`)
  }
}
