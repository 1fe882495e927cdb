/** What others write nodes, scenarios and proposals against. */
export {
  chainLookup,
  createEngine,
  createNodeFactory,
  createSpecOracle,
  openStdioEngine,
} from './adapters/index.ts'
export { simulate } from './simulation/run/simulate.ts'
export { judgeScenario, readCorpus, serveStdio } from './conformance/index.ts'
export { type ChainFile, chainFileSchema } from './ports/chain-file.ts'
export type * from './ports/engine.ts'
export type * from './ports/node.ts'
export type * from './ports/oracle.ts'
export type * from './ports/run-record.ts'
export type * from './ports/verdict.ts'
export {
  type CompiledScenario,
  compileScenario,
  readScenario,
  replayOnEngine,
  type Scenario,
  ScenarioError,
  scenarioSchema,
} from './scenario/index.ts'
export { runVectors } from './conformance/vectors/index.ts'
