export type { ChainLookup } from './chain.ts'
export { resolveChain } from './chain.ts'
export { compileScenario } from './compile.ts'
export type {
  CompiledBlock,
  CompiledItem,
  CompiledNode,
  CompiledScenario,
  CompiledStep,
  CompiledTransaction,
} from './compiled.ts'
export { type CorpusEntry, readCorpus, readScenarioFile, type StoryGround } from './corpus.ts'
export { ScenarioError } from './error.ts'
export { factsOf, isTimeLock, lockDistance, type TransactionFacts, transactionsIn } from './facts.ts'
export { createForge, type Forge, GENESIS, sats, subsidyAt } from './forge/index.ts'
export { createKeyRing, hash160, type Key } from './forge/keys.ts'
export { p2pkhScript, tapLeaf, tweakedSecret, wrapped } from './forge/lock.ts'
export { pushBytes, scriptNumber } from './forge/script.ts'
export { legacySighash, taprootSighash, witnessSighash } from './forge/sighash.ts'
export {
  type BlockSource,
  type BlockSpec,
  blockSchema,
  type Expectation,
  type Lock,
  type LockSource,
  type Scenario,
  type ScenarioSource,
  type Step,
  scenarioSchema,
  type TransactionSource,
  type TransactionSpec,
  transactionSchema,
} from './format/index.ts'
export { ItemTable } from './items.ts'
export { parseScenario, readScenario } from './parse.ts'
export { promoteScenario } from './promote.ts'
export { shrinkScenario } from './shrink/shrink.ts'
export { sourceOf } from './shrink/source.ts'
export { DISK_FAULTS, describeStep, performStep, type StepWorld } from './steps/index.ts'
