export { describeVerdict } from './expectation.ts'
export { type Delivery, type ReplayResult, replayOnEngine } from './replay.ts'
