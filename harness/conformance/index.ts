export { applyBaseline, NO_BASELINE, readBaseline } from './baseline.ts'
export { type CorpusEntry, readCorpus } from './corpus.ts'
export {
  countingUnsaid,
  DAEMONS,
  type DaemonClient,
  storiesFor,
  type Unsaid,
} from './daemons/index.ts'
export { type HuntResult, huntDisagreements } from './generated/index.ts'
export { judgeScenario, playOnEngine } from './judge.ts'
export { serveStdio } from './server.ts'
