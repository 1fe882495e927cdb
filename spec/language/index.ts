export type { Check, Checklist, InForce, Listed, Violation } from './checklist.ts'
export { each, rulesOf, violationsOf } from './checklist.ts'
export type { Domain } from './domain.ts'
export { boolean, listOf, oneOf, range, subsetOf } from './domain.ts'
export type {
  Action,
  DefinedModule,
  Domains,
  Module,
  ModuleDefinition,
  Predicate,
  Property,
  Step,
} from './module.ts'
export { action, always, defineModule, eventually, leadsTo } from './module.ts'
export type { Broken, Outcome, RejectionClass, Rule, RuleDefinition } from './rule.ts'
export { atLeast, atMost, broken, defineRule, equal, holds, ok, within } from './rule.ts'
