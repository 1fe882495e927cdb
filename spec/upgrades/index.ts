export { collisions, composeExtensions, slotTable } from './compose.ts'
export { UPGRADES } from './deployed.ts'
export { drawBytes, drawFrom } from './draw.ts'
export { spenderOf } from './example.ts'
export type { Resolved, StagedRule, UpgradeDates } from './resolve.ts'
export {
  datesOf,
  resolve,
  resolveAhead,
  resolveAtHeight,
  rulesInForce,
  stateOf,
} from './resolve.ts'
export type { SignalledState } from './signalling.ts'
export { nextBip9State } from './signalling.ts'
export type { Position, Upgrade } from './upgrade.ts'
