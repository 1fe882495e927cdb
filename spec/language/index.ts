export type { Domain } from './models/domain.ts'
export { boolean, listOf, oneOf, range, subsetOf } from './models/domain.ts'
export type {
  Action,
  DefinedModule,
  Domains,
  Module,
  ModuleDefinition,
  Predicate,
  Property,
  Step,
} from './models/module.ts'
export { action, always, defineModule, eventually, leadsTo } from './models/module.ts'
export type { Ask, Check, Checklist, InForce, Listed, Violation } from './rules/checklist.ts'
export { askRule, each, everyRule, first, rulesOf, violationsOf } from './rules/checklist.ts'
export type { Broken, Outcome, RejectionClass, Rule, RuleDefinition } from './rules/rule.ts'
export { atLeast, atMost, broken, defineRule, equal, holds, ok, within } from './rules/rule.ts'
export type { Rejection, Verdict } from './rules/verdict.ts'
export { rejection, rejectionClass, UNKNOWN, unconfirmedRejection, undecodable } from './rules/verdict.ts'
