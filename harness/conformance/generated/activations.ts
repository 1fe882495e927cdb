import { type Branch, decodeHeader, hash, height, stateOf, UPGRADES } from '../../../spec/index.ts'
import { specChain } from '../../adapters/spec-chains.ts'
import type { CompiledBlock } from '../../scenario/compiled.ts'
import type { Draft } from './draft.ts'

/** The soft forks in force in a child of a block, by the specification. */
export function createActivations({ chain, items }: Draft): (block: CompiledBlock) => ReadonlySet<string> {
  const specified = specChain(chain)
  const branches = new Map<string, Branch>()
  const known = new Map<string, ReadonlySet<string>>()
  return (block) => {
    const before = known.get(block.hash)
    if (before !== undefined) return before
    const position = { chain: specified, parent: branchOf(block) }
    const active = UPGRADES.filter((upgrade) => stateOf(upgrade, position) === 'active').map(({ id }) => id)
    known.set(block.hash, new Set(active))
    return known.get(block.hash)!
  }

  function branchOf(block: CompiledBlock): Branch {
    const before = branches.get(block.hash)
    if (before !== undefined) return before
    const decoded = decodeHeader(block.header)
    if (!decoded.ok) throw new Error(`no header: ${block.name}`)
    const branch: Branch = {
      hash: hash(block.hash),
      header: decoded.value,
      height: height(block.height),
      chainWork: block.chainWork,
      ...(block.parent === undefined ? {} : { parent: branchOf(items.block(block.parent)) }),
    }
    branches.set(block.hash, branch)
    return branch
  }
}
