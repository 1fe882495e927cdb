import type { BlockNode } from '../chainstate/index.ts'
import type { Block, Hasher } from '../wire/index.ts'
import { type FilterClaims, filterFault } from './filter-claims.ts'

const OP_RETURN = 0x6a

/** Peers differ about the filter of one block: their filters and the block itself decide. */
export class FilterDispute {
  readonly node: BlockNode
  /** Where the block stands in the range that was asked for. */
  readonly index: number
  readonly filters = new Map<number, Uint8Array>()
  #outputScripts: Uint8Array[] | undefined

  constructor(node: BlockNode, index: number) {
    this.node = node
    this.index = index
  }

  get hasBlock(): boolean {
    return this.#outputScripts !== undefined
  }

  /** The block that its header commits to. */
  takeBlock({ transactions }: Block): void {
    this.#outputScripts = transactions
      .flatMap(({ outputs }) => outputs.map(({ script }) => script))
      .filter((script) => script.length > 0 && script[0] !== OP_RETURN)
  }

  /** Peers whose filter is a lie, and why; nothing while the block is not at hand. */
  liars(claims: FilterClaims, hasher: Hasher): Map<number, string> {
    const liars = new Map<number, string>()
    if (this.#outputScripts === undefined) return liars
    for (const [id, filter] of this.filters) {
      const claimed = claims.hashOf(id, this.index)!
      const fault = filterFault(filter, claimed, this.node.hash, this.#outputScripts, hasher)
      if (fault !== undefined) liars.set(id, fault)
    }
    return liars
  }
}
