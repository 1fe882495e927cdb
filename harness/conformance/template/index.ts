export { chainOfGenesis } from '../vectors/chain/known-chains.ts'
export { judgeTemplate, spendingOf, type TemplateJudgement } from './judge-template.ts'
export { type Candidate, readCandidate } from './read-candidate.ts'
export { type AskNode, askSurroundings, type Surroundings } from './surroundings.ts'
