export { contradicts, isOneOfMany, isSameVerdict, type Judgement } from './agreement.ts'
export { asVersionTwo, type ChainFile, chainFileSchema, chainParts, chainRules } from './chain-file.ts'
export type { ChainOffers } from './chain-offers.ts'
export { described, undescribedFields } from './describe.ts'
export {
  CAPABILITIES,
  type Capability,
  type ChainSession,
  type DraftJudge,
  type Engine,
  type Tip,
} from './engine.ts'
export type { AddressFunctions, ContextFreeFunctions, FacetName, Facets, ScriptFunctions } from './facets.ts'
export { HEX_PATTERN, hexBytes, isHexBytes } from './hex.ts'
export {
  type CoinOrigin,
  type DecodedItem,
  type DecodeRequest,
  LIBRARY_CAPABILITIES,
  type Library,
  type LibraryCapability,
  type ScriptErrorName,
  type ScriptRequest,
  type SignatureHashRequest,
  type SingleBlockPlace,
  type SingleBlockRequest,
  type SpentOutput,
} from './library.ts'
export {
  type LibraryQuestion,
  readBlockRequest,
  readScriptRequest,
  readSignatureHashRequest,
  writeBlockRequest,
  writeDecodeRequest,
  writeScriptRequest,
  writeSignatureHashRequest,
} from './library-wire.ts'
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
export { type AnswerTo, nameOf, readAnswer } from './stdio-answer.ts'
export {
  PROTOCOL,
  type Question,
  type Request,
  type Response,
  requestSchema,
} from './stdio-protocol.ts'
export type { Outcome, Rejection, RejectionClass, Strictness, Verdict } from './verdict.ts'
