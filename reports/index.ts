export { renderHledger } from './hledger.ts'
export { junitXml } from './junit.ts'
export type { StoryEngine } from './live/story-engine.ts'
export type { Addition } from './live/view.ts'
export { runFromNdjson, runToNdjson } from './ndjson.ts'
export { proposalPage } from './pages/proposal-page.ts'
export { type RulesPageData, rulesPage } from './pages/rules-page.ts'
export { htmlPage } from './pages/run-page.ts'
export { type Plot, plotSvg } from './parts/plot.ts'
export { stateAt } from './parts/run-state.ts'
export {
  type BlockText,
  type CaseResult,
  factsOf,
  type RuleText,
  type SuiteResult,
  tally,
} from './results.ts'
export {
  type MessageFate,
  type RunDivergence,
  type RunNodeChange,
  type RunOutcome,
  type RunRecord,
  verdictText,
} from './run-record.ts'
export { resultsText, runText } from './text.ts'
export { visible, visibleLines } from './visible.ts'
