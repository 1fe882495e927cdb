export { bagOf, has, isSame, setOf, subsetOf, without } from './models/collection.ts'
export { compose } from './models/compose.ts'
export type { Domains } from './models/composite.ts'
export { listOf, mapOf, recordOf, sequenceOf } from './models/composite.ts'
export type { Domain, Renaming } from './models/domain.ts'
export { boolean, oneOf, optional, range } from './models/domain.ts'
export type {
  Action,
  DefinedModule,
  Guard,
  Module,
  ModuleDefinition,
  NamedAction,
  Refinement,
  Sometimes,
  Step,
} from './models/module.ts'
export { defineModule, printState, stepsFrom, waysOf } from './models/module.ts'
export type {
  Fairness,
  Happening,
  Predicate,
  Premise,
  Property,
  StepPredicate,
  Temporal,
} from './models/property.ts'
export { strong, weak } from './models/property.ts'
export type { Ask, Check, Checklist, InForce, Listed, Violation } from './rules/checklist.ts'
export { askRule, each, everyRule, first, rulesOf, violationsOf } from './rules/checklist.ts'
export type { Broken, Outcome, RejectionClass, Rule, RuleDefinition } from './rules/rule.ts'
export { atLeast, atMost, broken, defineRule, equal, holds, ok, within } from './rules/rule.ts'
export type { Rejection, Verdict } from './rules/verdict.ts'
export { rejection, rejectionClass, UNKNOWN, unconfirmedRejection, undecodable } from './rules/verdict.ts'
