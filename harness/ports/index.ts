export { isOneOfMany, type Judgement, sameVerdict } from './agreement.ts'
export { asVersionTwo, type ChainFile, chainFileSchema, chainParts, chainRules } from './chain-file.ts'
export { contradicts, isSameVerdict, verdictText } from './compare.ts'
export type { BlockPlace, CoinOrigin, Hex, LooseBlockRequest, ScriptErrorName } from './engine.ts'
export {
  CAPABILITIES,
  type Capability,
  type ChainReference,
  type ChainSession,
  type Engine,
  type HashHex,
  type ScriptRequest,
  type SignatureHashRequest,
  type SpentOutput,
  type Tip,
} from './engine.ts'
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
