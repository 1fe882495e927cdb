import { type BlockNode, type Chainstate, forkPoint } from '../chainstate/index.ts'
import type { OrderedStore, StoreOperation } from '../storage/index.ts'
import type { Block } from '../wire/index.ts'

/** What an index writes for each block. */
export interface IndexPlan {
  /** As `getindexinfo` calls it. */
  readonly name: string
  /** First byte of its keys in the store; it stands alone for the last block indexed. */
  readonly letter: number
  entriesOf(block: Block, node: BlockNode): StoreOperation[]
}

/**
 * An index over the blocks of the active chain, made block by block while there is nothing better to do. Entries of
 * blocks that left the chain stay until others take their keys: a reader looks whether the block of an entry is active.
 * After a crash it goes on where it was; a block that it lost sight of makes it begin again. [Core BaseIndex]
 */
export class ChainIndex {
  readonly #plan: IndexPlan
  readonly #chainstate: Chainstate
  readonly #store: OrderedStore
  #last: BlockNode

  constructor(plan: IndexPlan, chainstate: Chainstate, store: OrderedStore) {
    this.#plan = plan
    this.#chainstate = chainstate
    this.#store = store
    const hash = store.get(this.#progressKey)
    this.#last = (hash && chainstate.node(hash)) ?? chainstate.activeAt(0)!
  }

  get name(): string {
    return this.#plan.name
  }

  /** Whether `advance` has something to do. */
  get isBehind(): boolean {
    return this.#last !== this.#chainstate.tip
  }

  get height(): number {
    return this.#last.height
  }

  /** Indexes one more block of the active chain; one whose data are not at hand is passed over. */
  advance(): void {
    const below = forkPoint(this.#last, this.#chainstate.tip)
    const next = this.#chainstate.activeAt(below.height + 1)
    const block = next && this.#chainstate.block(next)
    const entries = next === undefined || block === undefined ? [] : this.#plan.entriesOf(block, next)
    this.#last = next ?? below
    this.#store.batch([...entries, { put: this.#progressKey, value: this.#last.hash.slice() }])
  }

  /** The value under a key that begins with the plan's letter, once all blocks are indexed. */
  get(key: Uint8Array): Uint8Array | undefined {
    while (this.isBehind) this.advance()
    return this.#store.get(key)
  }

  get #progressKey(): Uint8Array {
    return Uint8Array.of(this.#plan.letter)
  }
}
