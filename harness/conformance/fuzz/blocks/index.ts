export { type FoundDisagreement, type HuntResult, huntDisagreements } from './hunt.ts'
export { storiesWithin } from './offers.ts'
