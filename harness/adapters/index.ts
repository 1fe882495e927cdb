import type { Engine } from '../ports/engine.ts'

export { Abstention, TargetError } from './abstention.ts'
export { chainLookup } from './chains.ts'
export { openStdioEngine } from './stdio.ts'
export { workerUrl } from './worker-url.ts'

/** The two engines of this house. */
export type EngineName = 'spec' | 'node'

/** An engine by name; loaded when it is asked for, so that a verb pays only for what it uses. */
export async function createEngine(name: EngineName): Promise<Engine> {
  return name === 'spec'
    ? (await import('./spec.ts')).createSpecEngine()
    : (await import('./node.ts')).createNodeEngine()
}
