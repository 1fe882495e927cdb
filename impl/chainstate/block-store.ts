import type { ChainParameters } from '../chains/index.ts'
import type { Files, RecordPosition } from '../storage/index.ts'
import { RecordFiles } from '../storage/index.ts'
import { type Block, ByteReader, type Hasher, parseBlock } from '../wire/index.ts'
import type { BlockNode } from './block-node.ts'
import { type BlocksWithoutParent, type FoundBlock, inOrder, readBlock } from './block-order.ts'
import type { FilesRecord } from './state-record.ts'

/** Recent blocks that wait to be connected are kept parsed up to this many bytes. */
const RECENT_BYTES_MAX = 32 << 20

/** The bytes of blocks and of the coins they spent, in files; the latest blocks also in memory. */
export class BlockStore {
  readonly #hasher: Hasher
  readonly #genesis: Block
  readonly #blocks: RecordFiles
  readonly #undo: RecordFiles
  readonly #recent = new Map<BlockNode, Block>()
  #recentBytes = 0
  #lastConnected: BlockNode | undefined

  /** Without `lengths`, when the index is lost, the block files are kept as they are and the undo files begin again. */
  constructor(
    chain: ChainParameters,
    files: Files,
    hasher: Hasher,
    fileBytesMax: number,
    lengths: FilesRecord | undefined,
  ) {
    this.#hasher = hasher
    this.#genesis = chain.genesis
    this.#blocks = new RecordFiles(files, 'blk', chain.magic, hasher, fileBytesMax, lengths?.blocks)
    this.#undo = new RecordFiles(files, 'rev', chain.magic, hasher, fileBytesMax, lengths?.undo ?? [])
  }

  get lengths(): FilesRecord {
    return { blocks: this.#blocks.lengths, undo: this.#undo.lengths }
  }

  writeBlock(node: BlockNode, block: Block): RecordPosition {
    const position = this.#blocks.append(block.raw)
    this.#recent.set(node, block)
    this.#recentBytes += block.totalSize
    for (const [oldest, { totalSize }] of this.#recent) {
      if (this.#recentBytes <= RECENT_BYTES_MAX || oldest === node) break
      this.#forget(oldest, totalSize)
    }
    return position
  }

  /** All blocks that the files hold, whatever index there is, as `inOrder` gives them. */
  found(isKnown: (hash: Uint8Array) => boolean): Generator<FoundBlock, BlocksWithoutParent> {
    const hasher = this.#hasher
    const records = this.#blocks.records((record) => readBlock(record, hasher) !== undefined)
    return inOrder(records, { hasher, isKnown, read: (position) => this.#blocks.read(position) })
  }

  /** Of the blocks that were connected only the last is kept parsed: peers will ask for it. */
  noteConnected(node: BlockNode): void {
    const before = this.#lastConnected
    const block = before && this.#recent.get(before)
    if (before !== undefined && block !== undefined) this.#forget(before, block.totalSize)
    this.#lastConnected = node
  }

  writeUndo(undo: Uint8Array): RecordPosition {
    return this.#undo.append(undo)
  }

  /** The block, or undefined when its data is not, or not rightly, in the files. */
  readBlock(node: BlockNode): Block | undefined {
    if (node.previous === undefined) return this.#genesis
    const recent = this.#recent.get(node)
    if (recent !== undefined) return recent
    if (node.data === undefined) return undefined
    const bytes = this.#blocks.read(node.data)
    return bytes === undefined ? undefined : parseBlock(new ByteReader(bytes), this.#hasher)
  }

  readUndo(node: BlockNode): Uint8Array | undefined {
    return node.undo === undefined ? undefined : this.#undo.read(node.undo)
  }

  /** Everything written so far is durable when it returns. */
  sync(): void {
    this.#blocks.sync()
    this.#undo.sync()
  }

  #forget(node: BlockNode, bytes: number): void {
    this.#recent.delete(node)
    this.#recentBytes -= bytes
  }
}
