export { applyBaseline, NO_BASELINE, readBaseline } from './baseline.ts'
export { type CorpusEntry, readCorpus } from './corpus.ts'
export { judgeScenario, playOnEngine } from './judge.ts'
export { serveStdio } from './server.ts'
