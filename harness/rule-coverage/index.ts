export { measureCoverage, type RuleCoverage } from './coverage.ts'
export { type AnyRule, type ListedRule, listRules } from './rules.ts'
export { findRuleSource, type RuleSource } from './source.ts'
export { substitute } from './watch.ts'
