export {
  equalForkStubbornPolicy,
  honestPolicy,
  leadStubbornPolicy,
  selfishPolicy,
  trailStubbornPolicy,
} from './named.ts'
export type { Fork, Move, Policy, Position } from './policy.ts'
export { optimalPolicy, revenueOf } from './revenue.ts'
export { START, type Strength } from './step.ts'
