import type { ChainParameters } from '../chains/index.ts'
import type { Files, OrderedStore } from '../storage/index.ts'
import { BlockHeader, equalBytes, type Hasher } from '../wire/index.ts'
import { type BlockNode, forkPoint } from './block-node.ts'
import { BlockStore } from './block-store.ts'
import { BlockTree } from './block-tree.ts'
import { CoinCache } from './coin-cache.ts'
import { reapplyTransactions, undoTransactions } from './disconnect.ts'
import { Flush } from './flush.ts'
import { decodeIndexEntry, type IndexEntry } from './index-entry.ts'
import { forgetCoins, isRebuildRequested, requestRebuild } from './rebuild.ts'
import {
  decodeCoinState,
  decodeFilesRecord,
  decodeFlushMarker,
  encodeIdentity,
  type FlushMarker,
} from './state-record.ts'
import { StoreError } from './store-error.ts'
import { BLOCK_KEYS, FILES_KEY, FLUSH_KEY, IDENTITY_KEY, STATE_KEY } from './store-keys.ts'

export interface OpenedState {
  readonly tree: BlockTree
  readonly blocks: BlockStore
  readonly coins: CoinCache
  readonly tip: BlockNode
}

export interface OpenOptions {
  readonly salt: number
  readonly fileBytesMax: number
  readonly flushSliceOperations: number
}

/** Reads what was flushed last, and finishes a flush that a crash cut short. Throws StoreError. */
export function openState(
  chain: ChainParameters,
  files: Files,
  store: OrderedStore,
  hasher: Hasher,
  options: OpenOptions,
): OpenedState {
  const { salt, fileBytesMax } = options
  checkIdentity(chain, store)
  const filesRecord = store.get(FILES_KEY)
  const lengths = filesRecord === undefined ? { blocks: [], undo: [] } : decodeFilesRecord(filesRecord)
  const blocks = new BlockStore(chain, files, hasher, fileBytesMax, lengths)
  const tree = loadTree(chain, store, hasher)
  const marker = store.get(FLUSH_KEY)
  if (isRebuildRequested(store)) forgetCoins(store, tree.genesis.hash)
  else if (marker !== undefined) finishFlush(decodeFlushMarker(marker), tree, blocks, store, hasher, options)
  const saved = store.get(STATE_KEY)
  if (saved === undefined)
    return { tree, blocks, coins: new CoinCache(store, hasher, salt, 0), tip: tree.genesis }
  const { tip, count, digest } = decodeCoinState(saved)
  return { tree, blocks, coins: new CoinCache(store, hasher, salt, count, digest), tip: nodeOf(tree, tip) }
}

function checkIdentity(chain: ChainParameters, store: OrderedStore): void {
  const identity = store.get(IDENTITY_KEY)
  if (identity !== undefined && !equalBytes(identity, encodeIdentity(chain.genesis.hash)))
    throw new StoreError(`the store was not written for chain ${chain.name} by this version`)
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
  options: OpenOptions,
): void {
  const from = nodeOf(tree, marker.from)
  const to = nodeOf(tree, marker.to.tip)
  const coins = new CoinCache(store, hasher, options.salt, 0)
  if (!moveCoins(coins, from, to, blocks)) {
    requestRebuild(store)
    forgetCoins(store, tree.genesis.hash)
    return
  }
  coins.setTotals(marker.to.count, marker.to.digest)
  const flush = new Flush(store, blocks, tree, coins, from.hash, to.hash, options.flushSliceOperations, true)
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
