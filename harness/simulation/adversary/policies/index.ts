export {
  equalForkStubbornPolicy,
  honestPolicy,
  leadStubbornPolicy,
  selfishPolicy,
  trailStubbornPolicy,
} from './named.ts'
export type { Fork, Move, Policy } from './policy.ts'
export { optimalPolicy, revenueOf } from './revenue.ts'
export type { Strength } from './step.ts'
