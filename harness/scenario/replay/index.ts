export {
  describeVerdict,
  type ExpectationContext,
  type Finding,
  judge,
  type NodeObservation,
} from './expectation.ts'
export {
  createExpectationLedger,
  type ExpectationLedger,
  type ExpectationResult,
} from './expectation-ledger.ts'
export { createReference } from './reference.ts'
export { type Delivery, type ReplayOptions, type ReplayResult, replayOnEngine } from './replay.ts'
