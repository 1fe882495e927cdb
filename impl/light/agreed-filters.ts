import type { BlockNode } from '../chainstate/index.ts'
import { createBasicFilter, filterHash, filterHeader } from '../filters/index.ts'
import { equalBytes } from '../wire/index.ts'
import type { LightContext } from './types.ts'

const ZERO_HEADER = new Uint8Array(32)

/** Hash and header of the filter of each block, as far as peers have agreed on them; kept in the store. */
export class AgreedFilters {
  readonly #context: LightContext
  /** By height. */
  readonly #hashes: Uint8Array[] = []
  readonly #headers: Uint8Array[] = []

  /** Takes from the store what belongs to the best chain: it may have moved on before what it left was forgotten. */
  constructor(context: LightContext) {
    this.#context = context
    const { headers, store, setup } = context
    this.#hashes.push(filterHash(createBasicFilter(setup.chain.genesis, []), setup.crypto))
    this.#headers.push(filterHeader(this.#hashes[0]!, ZERO_HEADER, setup.crypto))
    for (const { blockHash, filterHash } of store.filters()) {
      const height = this.height + 1
      if (height > headers.tip.height || !equalBytes(headers.tip.ancestor(height).hash, blockHash)) break
      this.#push(filterHash)
    }
    store.cutFilters(this.height)
  }

  /** Height of the last block with an agreed filter. */
  get height(): number {
    return this.#headers.length - 1
  }

  hashAt(height: number): Uint8Array | undefined {
    return this.#hashes[height]
  }

  headerAt(height: number): Uint8Array | undefined {
    return this.#headers[height]
  }

  /** Whether these hashes, put after those agreed on, end in this filter header. */
  leadTo(goal: Uint8Array, hashes: readonly Uint8Array[]): boolean {
    const { crypto } = this.#context.setup
    let header = this.#headers.at(-1)!
    for (const hash of hashes) header = filterHeader(hash, header, crypto)
    return equalBytes(header, goal)
  }

  /** Adds the hashes of the next blocks, the last of which is `stop`. */
  add(hashes: readonly Uint8Array[], stop: BlockNode): void {
    const first = this.height + 1
    for (const hash of hashes) this.#push(hash)
    this.#context.store.addFilters(
      first,
      hashes.map((filterHash, i) => ({ blockHash: stop.ancestor(first + i).hash, filterHash })),
    )
  }

  /** Forgets the filters above a height. */
  rewind(height: number): void {
    this.#hashes.length = Math.min(this.#hashes.length, height + 1)
    this.#headers.length = Math.min(this.#headers.length, height + 1)
    this.#context.store.cutFilters(height)
  }

  #push(hash: Uint8Array): void {
    this.#headers.push(filterHeader(hash, this.#headers.at(-1)!, this.#context.setup.crypto))
    this.#hashes.push(hash)
  }
}
