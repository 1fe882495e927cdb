import type { BlockNode, Chainstate } from '../chainstate/index.ts'
import type { OrderedStore } from '../storage/index.ts'
import { concatBytes } from '../wire/index.ts'
import { ChainIndex } from './chain-index.ts'

const LETTER = 0x78 // x: transaction id -> hash of its block

/** Where each confirmed transaction is. [Core -txindex] */
export class TransactionIndex extends ChainIndex {
  readonly #chain: Chainstate

  constructor(chainstate: Chainstate, store: OrderedStore) {
    super(
      {
        name: 'txindex',
        letter: LETTER,
        entriesOf: ({ transactions }, { hash }) =>
          transactions.map(({ txid }) => ({ put: keyOf(txid), value: hash.slice() })),
      },
      chainstate,
      store,
    )
    this.#chain = chainstate
  }

  /** The block that holds a transaction, or held it before it left the active chain. */
  blockOf(txid: Uint8Array): BlockNode | undefined {
    const hash = this.get(keyOf(txid))
    return hash === undefined ? undefined : this.#chain.node(hash)
  }
}

function keyOf(txid: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(LETTER), txid)
}
