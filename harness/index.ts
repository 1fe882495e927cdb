/** What others write nodes, scenarios and proposals against. */
export type { MessageFate, RunDivergence, RunNodeChange, RunOutcome, RunRecord } from '../reports/index.ts'
export {
  chainLookup,
  createEngine,
  createNodeFactory,
  createSpecOracle,
  openStdioEngine,
} from './adapters/index.ts'
export { judgeScenario, runVectors, serveStdio } from './conformance/index.ts'
export type {
  BlockStatus,
  Capability,
  ChainReference,
  ChainSession,
  Engine,
  Files,
  HashHex,
  Hex,
  LooseBlockRequest,
  NodeEffect,
  NodeEvent,
  NodeFactory,
  NodeSetup,
  NodeUnderTest,
  NodeView,
  OrderedStore,
  Outcome,
  Rejection,
  RejectionClass,
  ScriptErrorName,
  ScriptRequest,
  SignatureHashRequest,
  SpecOracle,
  SpentOutput,
  StoreOperation,
  Strictness,
  Subject,
  Tip,
  Verdict,
} from './ports/index.ts'
export { type ChainFile, chainFileSchema } from './ports/index.ts'
export {
  type CompiledScenario,
  compileScenario,
  readCorpus,
  readScenario,
  type Scenario,
  ScenarioError,
  scenarioSchema,
} from './scenario/index.ts'
export { replayOnEngine, simulate } from './simulation/index.ts'
