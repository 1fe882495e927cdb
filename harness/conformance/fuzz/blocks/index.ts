export { type FoundDisagreement, type HuntResult, huntDisagreements } from './hunt.ts'
