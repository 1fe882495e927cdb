import type { SpecOracle } from '../../ports/index.ts'
import { createSpecMemory } from './memory.ts'
import { openSpecSession } from './session.ts'

/** The specification as judge of many nodes; its sessions share what is known of each block. */
export function createSpecOracle(): SpecOracle {
  const memory = createSpecMemory()
  return { openChain: (chain) => openSpecSession(chain, memory) }
}
