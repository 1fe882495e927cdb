import type { BlockNode, Chainstate } from '../chainstate/index.ts'
import type { OrderedStore } from '../storage/index.ts'
import { concatBytes } from '../wire/index.ts'
import { ChainIndex } from './chain-index.ts'

const LETTER = 0x73 // s: outpoint -> hash of the block that spends it ‖ id of the transaction

/** Which transaction spent each confirmed coin. [Core -txospenderindex] */
export class SpenderIndex extends ChainIndex {
  readonly #chain: Chainstate

  constructor(chainstate: Chainstate, store: OrderedStore) {
    super(
      {
        name: 'txospenderindex',
        letter: LETTER,
        entriesOf: ({ transactions }, { hash }) =>
          transactions
            .slice(1)
            .flatMap(({ txid, inputs }) =>
              inputs.map(({ outpoint }) => ({ put: keyOf(outpoint), value: concatBytes(hash, txid) })),
            ),
      },
      chainstate,
      store,
    )
    this.#chain = chainstate
  }

  /** The transaction of the active chain that spends an outpoint of 36 bytes. */
  spenderOf(outpoint: Uint8Array): { readonly node: BlockNode; readonly txid: Uint8Array } | undefined {
    const value = this.get(keyOf(outpoint))
    const node = value && this.#chain.node(value.subarray(0, 32))
    if (value === undefined || node === undefined || !this.#chain.isActive(node)) return undefined
    return { node, txid: value.slice(32) }
  }
}

function keyOf(outpoint: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(LETTER), outpoint)
}
