import type { Limits } from '../chains/index.ts'
import type { Rule, RuleDefinition } from '../language/index.ts'
import { defineRule } from '../language/index.ts'

/** A rule of the consensus: its parameters are the chain's limits. */
export type ConsensusRule<Subject> = Rule<Subject, Limits>

/** Completes the definition of a rule of the consensus. */
export function rule<Subject>(definition: RuleDefinition<Subject, Limits>): ConsensusRule<Subject> {
  return defineRule(definition)
}
