import type { RecordPosition } from '../storage/index.ts'
import { type ChainLink, workOf } from '../validation/index.ts'
import { type BlockHeader, HEADER_BYTES } from '../wire/index.ts'
import { BytePool } from './byte-pool.ts'

/** The block breaks a rule, or the operator declared it invalid. */
export const FAILED = 1
/** A block below it has failed. */
export const FAILED_ANCESTOR = 2

const HASH_BYTES = 32
/** Each node has its header here, and its hash behind it: a header must not keep the message that it came in. */
const pool = new BytePool()

/** What is known of one block: its header, its place in the tree, where its data lies. */
export class BlockNode implements ChainLink {
  readonly hash: Uint8Array
  readonly previous: BlockNode | undefined
  readonly height: number
  readonly version: number
  readonly time: number
  readonly bits: number
  /** Expected hashes from genesis up to here. */
  readonly chainWork: bigint
  /** FAILED and FAILED_ANCESTOR. */
  status = 0
  data: RecordPosition | undefined
  undo: RecordPosition | undefined
  transactionCount = 0
  /** The data of all blocks up to here is at hand. */
  isLinked = false
  /** Rank among blocks of equal work: the lower wins. First seen, first served. [Core nSequenceId] */
  sequence = 0
  readonly #skip: BlockNode | undefined

  constructor(header: BlockHeader, previous: BlockNode | undefined) {
    const bytes = pool.take(HEADER_BYTES + HASH_BYTES)
    bytes.set(header.raw)
    bytes.set(header.hash, HEADER_BYTES)
    this.hash = bytes.subarray(HEADER_BYTES)
    this.previous = previous
    this.height = previous === undefined ? 0 : previous.height + 1
    this.version = header.version
    this.time = header.time
    this.bits = header.bits
    this.chainWork = (previous?.chainWork ?? 0n) + workOf(header.bits)
    this.#skip = previous?.ancestor(skipHeight(this.height))
  }

  /** 80 bytes. */
  get header(): Uint8Array {
    return new Uint8Array(this.hash.buffer, this.hash.byteOffset - HEADER_BYTES, HEADER_BYTES)
  }

  get isFailed(): boolean {
    return (this.status & (FAILED | FAILED_ANCESTOR)) !== 0
  }

  /** The block at a height from 0 up to this one's, on this branch. */
  ancestor(height: number): BlockNode {
    let node: BlockNode = this
    while (node.height > height) {
      const onward: BlockNode | undefined = isSkipBest(node.height, height) ? node.#skip : node.previous
      if (onward === undefined) throw new RangeError(`no ancestor at height ${height}`)
      node = onward
    }
    return node
  }

  /** True when `node` is this block or one below it on this branch. */
  descendsFrom(node: BlockNode): boolean {
    return node.height <= this.height && this.ancestor(node.height) === node
  }
}

/** Height that a block's second link leads to, so that any ancestor is a logarithmic number of steps away. */
function skipHeight(height: number): number {
  if (height < 2) return 0
  return (height & 1) === 1 ? clearLowestOne(clearLowestOne(height - 1)) + 1 : clearLowestOne(height)
}

/** Skipping lands at or above the goal, and stepping back once would not open a better skip. */
function isSkipBest(from: number, goal: number): boolean {
  const skip = skipHeight(from)
  if (skip <= goal) return skip === goal
  const skipOfPrevious = skipHeight(from - 1)
  return !(skipOfPrevious < skip - 2 && skipOfPrevious >= goal)
}

function clearLowestOne(n: number): number {
  return n & (n - 1)
}

/** The last block that two branches share. */
export function forkPoint(a: BlockNode, b: BlockNode): BlockNode {
  let left = a.height > b.height ? a.ancestor(b.height) : a
  let right = b.height > a.height ? b.ancestor(a.height) : b
  while (left !== right) {
    if (left.previous === undefined || right.previous === undefined)
      throw new Error('two branches have no common genesis')
    left = left.previous
    right = right.previous
  }
  return left
}
