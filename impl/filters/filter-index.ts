import { type BlockNode, type Chainstate, forkPoint } from '../chainstate/index.ts'
import type { OrderedStore } from '../storage/index.ts'
import type { Hasher } from '../wire/index.ts'
import { ByteReader, concatBytes } from '../wire/index.ts'
import { createBasicFilter, filterHash, filterHeader } from './block-filter.ts'

/** The letter g; the chainstate's keys begin with others. */
const FILTER_KEY = 0x67
const ZERO_HEADER = new Uint8Array(32)
/** Entries that may be computed for one question: more are made in the course of time. */
const MISSING_MAX = 32

/** A block's filter by its hash, and the header that commits to it and all before. */
export interface FilterEntry {
  readonly hash: Uint8Array
  readonly header: Uint8Array
}

/**
 * Filters of connected blocks. Filters are rebuilt from block and undo data on each request; hashes and
 * headers are kept in the store, made block by block while there is nothing better to do. What is not there is computed
 * from the last one below that is, so that a crash can only cost time. [BIP157; Core BlockFilterIndex]
 */
export class FilterIndex {
  readonly #chainstate: Chainstate
  readonly #store: OrderedStore
  readonly #hasher: Hasher
  #last: BlockNode | undefined
  /** The tip at which data of a block were not at hand. */
  #stuckAt: BlockNode | undefined

  constructor(chainstate: Chainstate, store: OrderedStore, hasher: Hasher) {
    this.#chainstate = chainstate
    this.#store = store
    this.#hasher = hasher
  }

  /** The filter of a block; nothing when its data are not at hand. */
  filter(node: BlockNode): Uint8Array | undefined {
    if (node.height === 0) return createBasicFilter(this.#chainstate.chain.genesis, [])
    const block = this.#chainstate.block(node)
    const undo = this.#chainstate.undoData(node)
    return block === undefined || undo === undefined
      ? undefined
      : createBasicFilter(block, spentScripts(undo))
  }

  /** Whether `advance` has something to do. */
  get isBehind(): boolean {
    const { tip } = this.#chainstate
    return tip !== this.#stuckAt && this.#indexed() !== tip
  }

  /** Makes the entry of one more block of the active chain. */
  advance(): void {
    const { tip } = this.#chainstate
    const below = forkPoint(this.#indexed(), tip)
    const next = this.#chainstate.activeAt(below.height + 1)
    if (next === undefined || this.entry(next) !== undefined) this.#last = next ?? below
    // Without the block's data there is no way on, until the chain takes another.
    else this.#stuckAt = tip
  }

  /** Hash and header of a block's filter; nothing when they are not made yet, or data of a block below are not at hand. */
  entry(node: BlockNode): FilterEntry | undefined {
    const missing: BlockNode[] = []
    let below: BlockNode | undefined = node
    let entry: FilterEntry | undefined
    for (; below !== undefined; below = below.previous) {
      entry = this.#load(below)
      if (entry !== undefined) break
      if (missing.length === MISSING_MAX) return undefined
      missing.push(below)
    }
    if (missing.length > 0) entry = this.#compute(missing.reverse(), entry?.header ?? ZERO_HEADER)
    return entry
  }

  /** The highest block of the active chain that has an entry: all below have one too. */
  #indexed(): BlockNode {
    this.#last ??= this.#findLast()
    return this.#last
  }

  #findLast(): BlockNode {
    let low = 0
    let high = this.#chainstate.tip.height
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#load(this.#chainstate.activeAt(middle)!) === undefined) high = middle - 1
      else low = middle
    }
    return this.#chainstate.activeAt(low)!
  }

  /** Makes and writes the entries of consecutive blocks; the last one. */
  #compute(nodes: readonly BlockNode[], before: Uint8Array): FilterEntry | undefined {
    const operations: { put: Uint8Array; value: Uint8Array }[] = []
    let last: FilterEntry = { hash: before, header: before }
    for (const node of nodes) {
      const filter = this.filter(node)
      if (filter === undefined) return undefined
      const hash = filterHash(filter, this.#hasher)
      last = { hash, header: filterHeader(hash, last.header, this.#hasher) }
      operations.push({ put: keyOf(node), value: concatBytes(last.hash, last.header) })
    }
    this.#store.batch(operations)
    return last
  }

  #load(node: BlockNode): FilterEntry | undefined {
    const value = this.#store.get(keyOf(node))
    return value === undefined ? undefined : { hash: value.slice(0, 32), header: value.slice(32, 64) }
  }
}

function keyOf(node: BlockNode): Uint8Array {
  return concatBytes(Uint8Array.of(FILTER_KEY), node.hash)
}

/** The scripts in undo data: each coin is its code (4 bytes), its value (8) and its script. */
function* spentScripts(undo: Uint8Array): Generator<Uint8Array> {
  const reader = new ByteReader(undo)
  while (reader.remaining > 0) {
    reader.skip(12)
    yield reader.takeVariable()
  }
}
