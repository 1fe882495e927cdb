import type { Engine } from '../ports/engine.ts'
import { createNodeEngine } from './builtin/engine.ts'
import { createSpecEngine } from './spec/engine.ts'

export { Abstention, TargetError } from './abstention.ts'
export { addressFunctionsOf } from './addresses.ts'
export { chainLookup } from './chains.ts'
export { openDaemonEngine } from './core-family/engine.ts'
export { lightFunctionsOf } from './light.ts'
export { createNodeFactory, describeNodeCrypto } from './builtin/node-factory.ts'
export { createSpecOracle } from './spec/oracle.ts'
export { openStdioEngine } from './stdio/engine.ts'
export { workerUrl } from './process/worker-url.ts'

/** The two engines of this house. */
export type EngineName = 'spec' | 'node'

/** An engine by name, with memories of its own. */
export function createEngine(name: EngineName): Engine {
  return name === 'spec' ? createSpecEngine() : createNodeEngine()
}
