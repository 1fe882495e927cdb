export { measureCoverage, type RuleCoverage } from './coverage.ts'
export { gatherRules } from './page-data.ts'
export { type AnyRule, listRules } from './rules.ts'
export { findRuleSource } from './source.ts'
