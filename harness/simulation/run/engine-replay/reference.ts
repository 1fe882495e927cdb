import type { Engine } from '../../../ports/index.ts'
import type { CompiledBlock, CompiledScenario } from '../../../scenario/index.ts'

/** Coin digests of the reference engine, each after one block and its ancestors alone. */
export function createReference(
  compiled: CompiledScenario,
  engine: Engine,
): (block: string) => string | undefined {
  const known = new Map<string, string | undefined>()
  return (name) => {
    if (!known.has(name)) known.set(name, digestAfter(name, compiled, engine))
    return known.get(name)
  }
}

function digestAfter(name: string, compiled: CompiledScenario, engine: Engine): string | undefined {
  const session = engine.openChain(compiled.chain)
  const branch = branchTo(name, compiled)
  const now = branch.reduce((latest, block) => Math.max(latest, block.time), compiled.startTimeMs / 1000)
  for (const block of branch) session.deliverBlock(block.bytes, now)
  return session.tip().hash === compiled.items.get(name)!.hash ? session.coinDigest() : undefined
}

/** The blocks above genesis up to this one, lowest first. */
export function branchTo(name: string, compiled: CompiledScenario): CompiledBlock[] {
  const branch: CompiledBlock[] = []
  for (let block = compiled.items.get(name); block?.kind === 'block' && block.parent !== undefined; ) {
    branch.unshift(block)
    block = compiled.items.get(block.parent)
  }
  return branch
}
