export { type HuntResult, huntDisagreements } from './hunt.ts'
