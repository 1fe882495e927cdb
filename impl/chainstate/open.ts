import type { ChainParameters } from '../chains/index.ts'
import { clearStore, type Files, type OrderedStore, StoreError } from '../storage/index.ts'
import { BlockHeader, DecodeError, equalBytes, type Hasher } from '../wire/index.ts'
import { type BlockNode, forkPoint } from './block-node.ts'
import { BlockStore } from './block-store.ts'
import { BlockTree } from './block-tree.ts'
import { CoinCache } from './coin-cache.ts'
import { reapplyTransactions, undoTransactions } from './disconnect.ts'
import { Flush } from './flush.ts'
import { decodeIndexEntry, type IndexEntry } from './index-entry.ts'
import { forgetCoins, requestedRebuild, requestRebuild } from './rebuild.ts'
import { rulesDigest } from './rules-digest.ts'
import {
  decodeCoinState,
  decodeFilesRecord,
  decodeFlushMarker,
  encodeIdentity,
  type FlushMarker,
  genesisOf,
} from './state-record.ts'
import { BLOCK_KEYS, FILES_KEY, FLUSH_KEY, IDENTITY_KEY, STATE_KEY } from './store-keys.ts'

/** What a chainstate starts from. */
export interface OpenedState {
  readonly tree: BlockTree
  readonly blocks: BlockStore
  readonly coins: CoinCache
  readonly tip: BlockNode
  readonly identity: Uint8Array
  /** What was found wrong with the store, in one line. Undefined when it was whole. */
  readonly fault: string | undefined
  /** Nothing but the block files is left: the blocks in them are to be judged again. */
  readonly isEmptied: boolean
}

export interface OpenOptions {
  readonly salt: number
  readonly fileBytesMax: number
  readonly flushSliceOperations: number
  readonly checkCoins: boolean
}

/**
 * Reads what was flushed last, and finishes a flush that a crash cut short. Where the store is lost or damaged, or was
 * written under other rules, it is emptied. Throws StoreError for the store of another chain.
 */
export function openState(
  chain: ChainParameters,
  files: Files,
  store: OrderedStore,
  hasher: Hasher,
  options: OpenOptions,
): OpenedState {
  const identity = encodeIdentity(chain.genesis.hash, rulesDigest(chain, hasher))
  const whole = readOrReason(() => {
    const reason = reasonToRebuild(chain, store, identity)
    return reason ?? readState(chain, files, store, hasher, identity, options)
  })
  if (typeof whole !== 'string') return { ...whole, identity, isEmptied: false }
  clearStore(store)
  const blocks = new BlockStore(chain, files, hasher, options.fileBytesMax, undefined)
  const tree = new BlockTree(chain.genesis.header)
  const coins = new CoinCache(store, hasher, options.salt)
  return { tree, blocks, coins, tip: tree.genesis, identity, fault: whole, isEmptied: true }
}

/** What `read` returns, or why the store cannot be read. */
function readOrReason<State>(read: () => State | string): State | string {
  try {
    return read()
  } catch (error) {
    if (error instanceof ForeignStoreError) throw error
    if (error instanceof StoreError || error instanceof DecodeError) return error.message
    throw error
  }
}

/** The store is whole, and belongs to another chain. */
class ForeignStoreError extends StoreError {}

function reasonToRebuild(
  chain: ChainParameters,
  store: OrderedStore,
  identity: Uint8Array,
): string | undefined {
  const stored = store.get(IDENTITY_KEY)
  if (stored === undefined) return 'the store is empty'
  const genesis = genesisOf(stored)
  if (genesis === undefined) return 'the store was written by another version'
  if (!equalBytes(genesis, chain.genesis.hash))
    throw new ForeignStoreError(`the store was not written for chain ${chain.name}`)
  return equalBytes(stored, identity) ? undefined : 'the stored blocks were judged under other rules'
}

function readState(
  chain: ChainParameters,
  files: Files,
  store: OrderedStore,
  hasher: Hasher,
  identity: Uint8Array,
  options: OpenOptions,
): Omit<OpenedState, 'identity' | 'isEmptied'> {
  const { salt, fileBytesMax } = options
  const request = requestedRebuild(store)
  if (request === 'everything') throw new StoreError('the store was found damaged')
  const filesRecord = store.get(FILES_KEY)
  if (filesRecord === undefined) throw new StoreError('the lengths of the block files are not in the store')
  const blocks = new BlockStore(chain, files, hasher, fileBytesMax, decodeFilesRecord(filesRecord))
  const tree = loadTree(chain, store, hasher)
  const marker = store.get(FLUSH_KEY)
  if (request === 'coins') forgetCoins(store, tree.genesis.hash)
  else if (marker !== undefined)
    finishFlush(decodeFlushMarker(marker), tree, blocks, store, hasher, identity, options)
  const saved = store.get(STATE_KEY)
  const state = saved === undefined ? undefined : decodeCoinState(saved)
  const tip = state === undefined ? tree.genesis : nodeOf(tree, state.tip)
  const unreadable = firstUnreadable(tip, blocks)
  if (state === undefined || unreadable !== undefined) {
    const fault =
      unreadable && `block ${unreadable.height} cannot be read back: the coins are rebuilt from the blocks`
    if (fault !== undefined) forgetCoins(store, tree.genesis.hash)
    return { tree, blocks, coins: new CoinCache(store, hasher, salt), tip: tree.genesis, fault }
  }
  const coins = new CoinCache(store, hasher, salt, state)
  if (options.checkCoins) coins.check()
  return { tree, blocks, coins, tip, fault: undefined }
}

/** Blocks that are read back at start. [Core DEFAULT_CHECKBLOCKS] */
const READ_BACK_BLOCKS = 6

/** The first of the last blocks up to `tip` that cannot be taken off again, since it or its undo data is damaged. */
function firstUnreadable(tip: BlockNode, blocks: BlockStore): BlockNode | undefined {
  let lowest: BlockNode | undefined
  let node: BlockNode | undefined = tip
  for (let i = 0; i < READ_BACK_BLOCKS && node?.previous !== undefined; i++, node = node.previous)
    if (blocks.readBlock(node) === undefined || blocks.readUndo(node) === undefined) lowest = node
  return lowest
}

function loadTree(chain: ChainParameters, store: OrderedStore, hasher: Hasher): BlockTree {
  const entries: IndexEntry[] = []
  for (const [, value] of store.range(BLOCK_KEYS.start, BLOCK_KEYS.end)) entries.push(decodeIndexEntry(value))
  entries.sort((a, b) => a.height - b.height)
  const tree = new BlockTree(chain.genesis.header)
  for (const entry of entries) {
    const header = new BlockHeader(entry.header, hasher)
    const parent = tree.get(header.previousHash)
    if (parent !== undefined) tree.restore(header, parent, entry)
  }
  return tree
}

/**
 * Brings coins that lie between two tips to the later one; repeating it does no harm. Where a block of the way is
 * damaged, all coins are forgotten instead. [Core Chainstate::ReplayBlocks]
 */
function finishFlush(
  marker: FlushMarker,
  tree: BlockTree,
  blocks: BlockStore,
  store: OrderedStore,
  hasher: Hasher,
  identity: Uint8Array,
  options: OpenOptions,
): void {
  const from = nodeOf(tree, marker.from)
  const to = nodeOf(tree, marker.to.tip)
  const coins = new CoinCache(store, hasher, options.salt)
  if (!moveCoins(coins, from, to, blocks)) {
    requestRebuild(store)
    forgetCoins(store, tree.genesis.hash)
    return
  }
  coins.setTotals(marker.to)
  const slice = options.flushSliceOperations
  const flush = new Flush(store, blocks, tree, coins, identity, from.hash, to.hash, slice, true)
  while (!flush.step());
}

/** Takes back the blocks of one branch and applies those of the other; false when one of them cannot be read. */
function moveCoins(coins: CoinCache, from: BlockNode, to: BlockNode, blocks: BlockStore): boolean {
  const fork = forkPoint(from, to)
  for (let node = from; node !== fork; node = node.previous!) {
    const block = blocks.readBlock(node)
    const undo = blocks.readUndo(node)
    if (block === undefined || undo === undefined) return false
    undoTransactions(block, node.height, undo, coins)
  }
  for (let height = fork.height + 1; height <= to.height; height++) {
    const block = blocks.readBlock(to.ancestor(height))
    if (block === undefined) return false
    reapplyTransactions(block, height, coins)
    coins.endBlock()
  }
  return true
}

function nodeOf(tree: BlockTree, hash: Uint8Array): BlockNode {
  const node = tree.get(hash)
  if (node === undefined) throw new StoreError('the tip of the stored coins is not in the block index')
  return node
}
