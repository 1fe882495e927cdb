import type { BlockNode, Chainstate } from '../chainstate/index.ts'
import { ChainIndex } from '../indexes/index.ts'
import type { OrderedStore } from '../storage/index.ts'
import { concatBytes } from '../wire/index.ts'
import { journalOf } from './entries.ts'
import { addEntries, decodeTotals, encodeTotals, NO_TOTALS, type Totals } from './totals.ts'

const LETTER = 0x6c // l: hash of a block -> totals of the book up to it

/** The totals of the book at each block, so that a trial balance at any height takes one look. */
export class BookIndex extends ChainIndex {
  readonly #chain: Chainstate

  constructor(chain: Chainstate, store: OrderedStore) {
    super(
      {
        name: 'ledgerindex',
        letter: LETTER,
        entriesOf: (block, node) => {
          const before = node.previous === undefined ? NO_TOTALS : totalsIn(store, node.previous, chain)
          const entries = journalOf(block, node, chain)
          if (before === undefined || entries === undefined) return []
          return [{ put: keyOf(node), value: encodeTotals(addEntries(before, entries)) }]
        },
      },
      chain,
      store,
    )
    this.#chain = chain
  }

  /** Undefined for a block that was passed over since its data, or those of one below, were not at hand. */
  totalsAt(node: BlockNode): Totals | undefined {
    const value = node.previous === undefined ? undefined : this.get(keyOf(node))
    return value === undefined ? genesisTotals(node, this.#chain) : decodeTotals(value)
  }
}

function totalsIn(store: OrderedStore, node: BlockNode, chain: Chainstate): Totals | undefined {
  const value = store.get(keyOf(node))
  return value === undefined ? genesisTotals(node, chain) : decodeTotals(value)
}

/** The first block is never indexed: its totals follow from itself. */
function genesisTotals(node: BlockNode, chain: Chainstate): Totals | undefined {
  if (node.previous !== undefined) return undefined
  return addEntries(NO_TOTALS, journalOf(chain.chain.genesis, node, chain) ?? [])
}

function keyOf({ hash }: BlockNode): Uint8Array {
  return concatBytes(Uint8Array.of(LETTER), hash)
}
