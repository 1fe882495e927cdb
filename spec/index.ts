/** The door of the specification: what others may enter by. */
export type { Chain, Deployment, Founded, Founding, Limits } from './chains/index.ts'
export { chainByName, chainFiles, decodeChainFile, found, genesisHash } from './chains/index.ts'
export {
  blockHash,
  decodeBlock,
  decodeHeader,
  decodeTransaction,
  encodeBlock,
  encodeHeader,
  encodeTransaction,
  txid,
  wtxid,
} from './encoding/index.ts'
export type {
  CoinSet,
  Connected,
  ForkState,
  Judges,
  Received,
} from './fork-choice/index.ts'
export {
  balanceOf,
  checkBlockWithoutContext,
  checkTransaction,
  coinAt,
  createJudges,
  diagnoseBlock,
  invalidate,
  openChain,
  printDigest,
  receiveBlock,
  receiveHeader,
  receiveTransaction,
  reconsider,
  tipCoins,
} from './fork-choice/index.ts'
export type {
  Action,
  Ask,
  Broken,
  Check,
  Checklist,
  DefinedModule,
  Domain,
  Domains,
  InForce,
  Listed,
  Module,
  ModuleDefinition,
  Outcome,
  Predicate,
  Property,
  Rejection,
  RejectionClass,
  Rule,
  RuleDefinition,
  Step,
  Verdict,
  Violation,
} from './language/index.ts'
export {
  action,
  always,
  askRule,
  atLeast,
  atMost,
  boolean,
  broken,
  defineModule,
  defineRule,
  each,
  equal,
  eventually,
  holds,
  leadsTo,
  listOf,
  ok,
  oneOf,
  range,
  rulesOf,
  subsetOf,
  violationsOf,
  within,
} from './language/index.ts'
export * as ledger from './ledger/index.ts'
export { MODELS } from './models/index.ts'
export { PROPOSALS } from './proposals/index.ts'
export type { ConsensusRule } from './rules/index.ts'
export { requiredBits, rule, stages, subsidyAt } from './rules/index.ts'
export type { Feature, ScriptErrorName, ScriptExtension } from './script/index.ts'
export * as script from './script/index.ts'
export {
  FEATURES,
  isStrictDer,
  legacySignatureHash,
  taprootOutputKey,
  taprootSignatureHash,
  verifyInput,
  verifySchnorr,
  witnessV0SignatureHash,
} from './script/index.ts'
export type { Position, Resolved, StagedRule, Upgrade, UpgradeDates } from './upgrades/index.ts'
export {
  collisions,
  composeExtensions,
  datesOf,
  resolve,
  resolveAtHeight,
  rulesInForce,
  slotTable,
  stateOf,
  UPGRADES,
} from './upgrades/index.ts'
export type { Block, Branch, Coin, Hash, Header, Outpoint, Output, Transaction } from './vocabulary/index.ts'
export { hash, height, medianTimePast, outpointKey, sats } from './vocabulary/index.ts'
