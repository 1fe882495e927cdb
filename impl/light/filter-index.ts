import type { BlockNode, Chainstate } from '../chainstate/index.ts'
import type { OrderedStore } from '../storage/ports.ts'
import type { Hasher } from '../wire/index.ts'
import { ByteReader, concatBytes } from '../wire/index.ts'
import { createBasicFilter, filterHash, filterHeader } from './block-filter.ts'

/** The letter g; the chainstate's keys begin with others. */
const FILTER_KEY = 0x67
const ZERO_HEADER = new Uint8Array(32)
/** Headers that are computed before they are written. */
const BATCH_MAX = 1000

/** A block's filter by its hash, and the header that commits to it and all before. */
export interface FilterEntry {
  readonly hash: Uint8Array
  readonly header: Uint8Array
}

/**
 * Filters of connected blocks. Filters are made anew from block and undo data whenever they are asked for; hashes and
 * headers are kept in the store, and what is not there is computed from the last one below that is. A crash can
 * therefore only cost time. [BIP157]
 */
export class FilterIndex {
  readonly #chainstate: Chainstate
  readonly #store: OrderedStore
  readonly #hasher: Hasher

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

  /** Hash and header of a block's filter; nothing when data of a block below are not at hand. */
  entry(node: BlockNode): FilterEntry | undefined {
    const missing: BlockNode[] = []
    let below: BlockNode | undefined = node
    let entry: FilterEntry | undefined
    for (; below !== undefined; below = below.previous) {
      entry = this.#load(below)
      if (entry !== undefined) break
      missing.push(below)
    }
    let previous = entry?.header ?? ZERO_HEADER
    while (missing.length > 0) {
      const computed = this.#compute(missing.splice(-BATCH_MAX).reverse(), previous)
      if (computed === undefined) return undefined
      entry = computed
      previous = computed.header
    }
    return entry
  }

  /** Entries of consecutive blocks and writes them; the last one. */
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
