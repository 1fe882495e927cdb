export { HAZARDS, type Hazard } from './adversary/hazards.ts'
export { type CampaignOptions, type CampaignResult, runCampaign } from './campaign/run-campaign.ts'
export type { Profile, SeedReport } from './campaign/run-seed.ts'
export { signatureOf } from './campaign/signature.ts'
export {
  type Delivery,
  describeVerdict,
  type ReplayResult,
  replayOnEngine,
} from './run/engine-replay/index.ts'
export { SIMULATED_CAPABILITIES, simulate } from './run/simulate.ts'
export { SimulatedDisk } from './simulator/disk.ts'
export { firstDifference } from './simulator/event-hash.ts'
