import type { Chainstate } from '../chainstate/index.ts'
import { FilterIndex } from '../filters/index.ts'
import { type ChainIndex, SpenderIndex, TransactionIndex } from '../indexes/index.ts'
import { BookIndex } from '../ledger/index.ts'
import type { NodeSetup } from './setup.ts'

/** The indexes that are kept beside the chain; one that is not kept is undefined. */
export class Indexes {
  readonly filters: FilterIndex | undefined
  readonly transactions: TransactionIndex | undefined
  readonly spenders: SpenderIndex | undefined
  readonly book: BookIndex | undefined
  readonly #late: readonly ChainIndex[]

  /** `servesFilters`: peers may ask for filters, so that they are kept in any case. */
  constructor(chain: Chainstate, { store, crypto, indexes = {} }: NodeSetup, servesFilters: boolean) {
    const withFilters = servesFilters || indexes.filters === true
    this.filters = withFilters ? new FilterIndex(chain, store, crypto) : undefined
    this.transactions = indexes.transactions === true ? new TransactionIndex(chain, store) : undefined
    this.spenders = indexes.spenders === true ? new SpenderIndex(chain, store) : undefined
    this.book = indexes.ledger === true ? new BookIndex(chain, store) : undefined
    this.#late = [this.transactions, this.spenders, this.book].filter((index) => index !== undefined)
  }

  /** One that has blocks to catch up with. The network advances the filters itself. */
  get behind(): ChainIndex | undefined {
    return this.#late.find(({ isBehind }) => isBehind)
  }
}
