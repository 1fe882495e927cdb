/** The workbench for consensus proposals: what a draft changes, breaks and allows. */
export { checkProposal, faultsOf, isHardFork, type ProposalCheck } from './check.ts'
export { differencesOf } from './diff.ts'
export { fillVectors } from './fill.ts'
export { claimedSlots } from './interactions.ts'
export { loadProposal } from './load.ts'
export { simulateActivation } from './simulate.ts'
export type { HardForkWitness } from './soft-fork.ts'
export { startOf } from './start.ts'
