export { renderHledger } from './hledger.ts'
export { htmlPage } from './html/page.ts'
export { junitXml } from './junit.ts'
export { runFromNdjson, runToNdjson } from './ndjson.ts'
export { type Plot, plotSvg } from './plot.ts'
export { proposalPage } from './proposal-page.ts'
export {
  type BlockText,
  type CaseResult,
  factsOf,
  type RuleText,
  type SuiteResult,
  tally,
} from './results.ts'
export { type RulesPageData, rulesPage } from './rules-page.ts'
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
