export { applyBaseline, NO_BASELINE, readBaseline } from './judge/baseline.ts'
export { type CorpusEntry, readCorpus } from '../scenario/corpus.ts'
export {
  countingUnsaid,
  DAEMONS,
  type DaemonClient,
  storiesFor,
  type Unsaid,
} from '../adapters/core-family/index.ts'
export { type HuntResult, huntDisagreements } from './fuzz/blocks/index.ts'
export { judgeScenario, playOnEngine } from './judge/judge.ts'
export { serveStdio } from './judge/server.ts'
