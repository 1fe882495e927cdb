export { type Caller, Dispatcher } from './dispatch.ts'
export { METHODS } from './methods/index.ts'
export type { ConnectionFacts, ConnectionType, RpcConnections, RpcNode, RpcOperations } from './node.ts'
export { overviewOf, usageOf } from './usage.ts'
