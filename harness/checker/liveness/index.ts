/** Properties of whole behaviours, under fairness. */
export { violatingBehaviour } from './liveness.ts'
export type { LivenessProperty } from './query.ts'
