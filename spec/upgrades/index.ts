export { chainUnder } from './chain-under.ts'
export { collisions, composeExtensions, slotTable } from './compose.ts'
export { UPGRADES } from './deployed.ts'
export { nextState } from './deployment.ts'
export type { Draw } from './draw.ts'
export { drawBytes, drawFrom } from './draw.ts'
export type {
  Example,
  Examples,
  RejectedExample,
  RejectedSpend,
  RuleExample,
  SpendExample,
} from './example.ts'
export { about, blockOf, inTapscript, spenderOf, spentBy } from './example.ts'
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
export { isInForce, nextBip9State } from './signalling.ts'
export { coinbaseAt, headerAt, spendOf, transactionOfSize } from './subjects.ts'
export type { Position, Upgrade } from './upgrade.ts'
