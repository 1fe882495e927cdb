export { isOneOfMany, type Judgement, sameVerdict } from './agreement.ts'
export { asVersionTwo, type ChainFile, chainFileSchema, chainParts, chainRules } from './chain-file.ts'
export { contradicts, isSameVerdict, verdictText } from './compare.ts'
export {
  CAPABILITIES,
  type Capability,
  type ChainSession,
  type Engine,
  type Tip,
} from './engine.ts'
export type {
  AddressFunctions,
  ContextFreeFunctions,
  FacetName,
  Facets,
  LooseBlockRequest,
  ScriptErrorName,
  ScriptFunctions,
  ScriptRequest,
  SignatureHashRequest,
  SpentOutput,
} from './facets.ts'
export type {
  BlockStatus,
  Files,
  NodeEffect,
  NodeEvent,
  NodeFactory,
  NodeSetup,
  NodeUnderTest,
  NodeView,
  OrderedStore,
  StoreOperation,
  Subject,
} from './node.ts'
export type { SpecOracle } from './oracle.ts'
export type { Prelude } from './prelude.ts'
export type { ChainReference, HashHex, Hex } from './references.ts'
export type {
  MessageFate,
  RunBlock,
  RunDivergence,
  RunEnd,
  RunExpectation,
  RunMessage,
  RunNodeChange,
  RunOutcome,
  RunPartition,
  RunRecord,
  RunStart,
  RunStep,
  RunTip,
  RunVerdict,
} from './run-record.ts'
export { PROTOCOL, type Request, type Response, requestSchema, responseSchema } from './stdio-protocol.ts'
export type { Outcome, Rejection, RejectionClass, Strictness, Verdict } from './verdict.ts'
