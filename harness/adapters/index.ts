import type { Engine } from '../ports/engine.ts'
import { createNodeEngine } from './node.ts'
import { createSpecEngine } from './spec.ts'

export { Abstention, TargetError } from './abstention.ts'
export { addressFunctionsOf } from './addresses.ts'
export { chainLookup } from './chains.ts'
export { openDaemonEngine } from './daemon/engine.ts'
export { lightFunctionsOf } from './light.ts'
export { createNodeFactory, describeNodeCrypto } from './node-factory.ts'
export { createSpecOracle } from './spec-oracle.ts'
export { openStdioEngine } from './stdio.ts'
export { workerUrl } from './worker-url.ts'

/** The two engines of this house. */
export type EngineName = 'spec' | 'node'

/** An engine by name, with memories of its own. */
export function createEngine(name: EngineName): Engine {
  return name === 'spec' ? createSpecEngine() : createNodeEngine()
}
