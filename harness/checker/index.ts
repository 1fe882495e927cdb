/** The model checker: every behaviour of a model, or many of them, and the shortest way to what is wrong. */
export { type CatalogueEntry, catalogue } from './catalogue.ts'
export { type Checked, check, type LivenessVerdict } from './check.ts'
export { CLASSICS, compareRun } from './classics/index.ts'
export {
  type ActionCount,
  type Exploration,
  type ExploreOptions,
  explore,
  type Progress,
  type Violation,
} from './explore/explore.ts'
export { reach, stateKeys } from './explore/key.ts'
export { ModelFault } from './explore/model-fault.ts'
export type { Trace, TraceEntry } from './explore/trace.ts'
export { onlyProperty } from './only-property.ts'
export { traceToItf, traceToJson } from './show/itf.ts'
export { traceLines } from './show/text.ts'
export { coverOf } from './stories/cover.ts'
export { REPLAYABLE_MODELS, scenarioOf } from './stories/index.ts'
export { type SweepRow, sweep } from './sweep.ts'
export { type Observation, type Validation, validate } from './validate/validate.ts'
export { type Chance, createChance } from './walk/chance.ts'
export { type Walked, type WalkOptions, walk } from './walk/walk.ts'
