/** The workbench for consensus proposals: what a draft changes, breaks and allows. */
export { checkProposal, faultsOf, isHardFork, type ProposalCheck } from './check.ts'
export { type Difference, differencesOf } from './diff.ts'
export { claimedSlots } from './interactions.ts'
export { loadProposal } from './load.ts'
export type { HardForkWitness, SearchBounds } from './soft-fork.ts'
