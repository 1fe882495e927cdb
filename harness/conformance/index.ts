export { type Audit, type AuditedNode, audit } from './audit/index.ts'
export { findRuleSource, gatherRules, listRules } from './coverage/index.ts'
export {
  AUTHORITY,
  confirmedBy,
  type Delivered,
  delivered,
  type FixtureDraft,
  type FixtureFile,
  type FixtureResult,
  FixtureTree,
  fillFixtures,
  fixtureCompanions,
  type Ground,
  grow,
  packTarball,
  playFixtures,
  readFixtures,
  tipOf,
} from './fixtures/index.ts'
export {
  type FoundDisagreement,
  type HuntResult,
  huntDisagreements,
  storiesWithin,
} from './fuzz/blocks/index.ts'
export { compareScripts, openKernel } from './fuzz/scripts/index.ts'
export { judgeLines } from './fuzz/stdin/index.ts'
export { type Abstentions, countingAbstentions } from './judge/abstentions.ts'
export { applyBaseline, baselineOf, NO_BASELINE, readBaseline } from './judge/baseline.ts'
export { dialogueOf, fingerprintOf } from './judge/explain.ts'
export { judgeScenario, playOnEngine } from './judge/judge.ts'
export { createResponder, serveStdio } from './judge/server.ts'
export { storiesFor } from './judge/stories.ts'
export {
  generatedSource,
  judgeLibrary,
  type LibraryDifference,
  type LibraryResult,
  type LibrarySource,
  storySource,
  vectorSources,
} from './library/index.ts'
export {
  type Arsenal,
  BUG_BANK,
  buildBundle,
  hunt,
  KILLERS,
  type KillerName,
  type Mutant,
  type MutantResult,
} from './mutants/index.ts'
export { scoreRules } from './mutants/rules/index.ts'
export {
  type AskNode,
  askSurroundings,
  type Candidate,
  chainOfGenesis,
  judgeTemplate,
  readCandidate,
  type Surroundings,
  spendingOf,
  type TemplateJudgement,
} from './template/index.ts'
export {
  type DamageResult,
  damageFiles,
  fetchEntry,
  judgeVectors,
  LEFT_OUT,
  type RealBlock,
  readChainBlocks,
  readManifest,
  readRealBlocks,
  runVectors,
  statusOf,
  type VectorSetResult,
} from './vectors/index.ts'
