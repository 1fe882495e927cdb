import type { NodeFactory } from '../../ports/index.ts'
import { CAPABILITIES, type Capability } from '../../ports/index.ts'
import type { CompiledScenario } from '../../scenario/index.ts'
import { playScenario } from './play.ts'
import { createWatchedWorld, type SimulationResult, type WatchOptions } from './world.ts'

/** Plays a whole scenario on simulated nodes, with every oracle watching. */
export function simulate(
  compiled: CompiledScenario,
  createNode: NodeFactory,
  options: WatchOptions = {},
): SimulationResult {
  const world = createWatchedWorld(compiled, createNode, options)
  const rules = {
    strictness: 'exact',
    capabilities: SIMULATED_CAPABILITIES,
    reference: options.oracle,
  } as const
  return playScenario(world, compiled, options, rules)
}

/** What whole nodes on a simulated network can do. */
export const SIMULATED_CAPABILITIES: ReadonlySet<Capability> = new Set(CAPABILITIES)
