export type { Check, Checklist, InForce, Listed, Violation } from './checklist.ts'
export { each, rulesOf, violationsOf } from './checklist.ts'
export type { Broken, Outcome, RejectionClass, Rule, RuleDefinition } from './rule.ts'
export { atLeast, atMost, broken, defineRule, equal, holds, ok, within } from './rule.ts'
