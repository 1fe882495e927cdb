export { HAZARDS, type Hazard } from './adversary/hazards.ts'
export { joinQueue, QueueError } from './campaign/queue.ts'
export { type CampaignOptions, type CampaignResult, runCampaign } from './campaign/run-campaign.ts'
export type { Profile, SeedReport } from './campaign/run-seed.ts'
export { signatureOf } from './campaign/signature.ts'
export { enginePlayer, type Played, type Player, simulatorPlayer } from './run/players.ts'
export {
  type Delivery,
  type NodeState,
  type ReplayResult,
  replayOnEngine,
  type SettledExpectation,
} from './run/replay.ts'
export { simulate } from './run/simulate.ts'
export { SimulatedDisk } from './simulator/disk.ts'
export { firstDifference } from './simulator/event-hash.ts'
export { createStream, type RandomStream } from './simulator/random.ts'
export { runStudy, STUDIES, type StudyResult } from './study/index.ts'
export { shareOf } from './tours/share.ts'
