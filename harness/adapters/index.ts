import type { Engine } from '../ports/index.ts'
import { createNodeEngine } from './builtin/engine.ts'
import { createSpecEngine } from './spec/engine.ts'

export { Abstention, TargetError } from './abstention.ts'
export { createNodeFactory, describeNodeCrypto } from './builtin/node-factory.ts'
export { chainLookup } from './chains.ts'
export { facetOf } from './facet.ts'
export type { ForeignEngine } from './foreign-engine.ts'
export { startDaemon } from './process/process.ts'
export { createRpcClient, type RpcClient } from './process/rpc.ts'
export { workerUrl } from './process/worker-url.ts'
export { specChain } from './spec/chains.ts'
export { brokenRule } from './spec/draft.ts'
export { createSpecEngine } from './spec/engine.ts'
export { createSpecMemory, type SpecMemory } from './spec/memory.ts'
export { createSpecOracle } from './spec/oracle.ts'
export { openSpecSession } from './spec/session.ts'
export { openStdioEngine } from './stdio/engine.ts'
export { LINE_BYTES_MAX, LineSplitter } from './stdio/lines.ts'
export { parseTarget, TARGET_HELP, TARGET_KINDS, type Target } from './target.ts'
export type { StoryLimits } from './target-kind.ts'

/** The two engines of this house. */
export type EngineName = 'spec' | 'node'

/** An engine by name, with memories of its own. */
export function createEngine(name: EngineName): Engine {
  return name === 'spec' ? createSpecEngine() : createNodeEngine()
}
