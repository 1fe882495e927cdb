export { contradicts, isOneOfMany, isSameVerdict, type Judgement } from './agreement.ts'
export { asVersionTwo, type ChainFile, chainFileSchema, chainParts, chainRules } from './chain-file.ts'
export type { Hex, LooseBlockRequest, ScriptErrorName } from './engine.ts'
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
export { HEX_PATTERN, hexBytes, isHexBytes } from './hex.ts'
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
export { type AnswerTo, nameOf, readAnswer } from './stdio-answer.ts'
export {
  PROTOCOL,
  type Question,
  type Request,
  type Response,
  requestSchema,
} from './stdio-protocol.ts'
export type { Outcome, Rejection, RejectionClass, Strictness, Verdict } from './verdict.ts'
