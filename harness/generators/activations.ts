import { type Branch, decodeHeader, hash, height, stateOf, UPGRADES } from '../../spec/index.ts'
import { specChain } from '../adapters/index.ts'
import type { ChainReference } from '../ports/index.ts'
import type { CompiledBlock, ItemTable } from '../scenario/index.ts'

/** What the specification knows of the blocks of a story. */
export interface Activations {
  /** The soft forks in force in a child of a block. */
  above(block: CompiledBlock): ReadonlySet<string>
  /** The branch that ends in the block with this hash; undefined when the story has none. */
  branchOf(blockHash: string): Branch | undefined
}

export function createActivations(chain: ChainReference, items: ItemTable): Activations {
  const specified = specChain(chain)
  const branches = new Map<string, Branch>()
  const known = new Map<string, ReadonlySet<string>>()
  return {
    above(block) {
      const before = known.get(block.hash)
      if (before !== undefined) return before
      const position = { chain: specified, parent: toBranch(block) }
      const active = UPGRADES.filter((upgrade) => stateOf(upgrade, position) === 'active').map(({ id }) => id)
      known.set(block.hash, new Set(active))
      return known.get(block.hash)!
    },
    branchOf(blockHash) {
      const item = items.withHash(blockHash)[0]
      return item?.kind === 'block' ? toBranch(item) : undefined
    },
  }

  function toBranch(block: CompiledBlock): Branch {
    const before = branches.get(block.hash)
    if (before !== undefined) return before
    const decoded = decodeHeader(block.header)
    if (!decoded.ok) throw new Error(`no header: ${block.name}`)
    const branch: Branch = {
      hash: hash(block.hash),
      header: decoded.value,
      height: height(block.height),
      chainWork: block.chainWork,
      ...(block.parent === undefined ? {} : { parent: toBranch(items.block(block.parent)) }),
    }
    branches.set(block.hash, branch)
    return branch
  }
}
