import type { Broken, Outcome, Rule } from './rule.ts'
import { ok } from './rule.ts'

/** Rules and groups of rules in checking order. */
export type Checklist<Subject, Params> = readonly Check<Subject, Params>[]

/** One line of a checklist. */
export type Check<Subject, Params> = Rule<Subject, Params> | Group<Subject, Params>

/** Rules about the parts of a subject, all asked of one part before any is asked of the next. */
export interface Group<Subject, Params> {
  /** What the part is: `transaction`, `input`. */
  readonly each: string
  readonly rules: () => Iterable<Listed<Params>>
  readonly violations: (subject: Subject, params: Params, isInForce: InForce, ask: Ask) => Iterable<Violation>
}

/** Every rule, whatever its id. */
export const everyRule: InForce = () => true

/** A rule broken by a subject. */
export interface Violation {
  // biome-ignore lint/suspicious/noExplicitAny: the subject was judged already
  readonly rule: Rule<any, any>
  readonly broken: Broken
}

/** A rule as a table of contents lists it, with the parts that lead to it. */
export interface Listed<Params> {
  // biome-ignore lint/suspicious/noExplicitAny: listed, never asked
  readonly rule: Rule<any, Params>
  readonly path: readonly string[]
}

/** Whether a rule, by its id, is in force. */
export type InForce = (ruleId: string) => boolean

/**
 * How a rule is asked. A caller's own hears every rule that is kept or broken, or tries what follows from another answer:
 * the rule itself is never changed.
 */
// biome-ignore lint/suspicious/noExplicitAny: a subject and its parameters fit the rule that they are given with
export type Ask = (rule: Rule<any, any>, subject: any, params: any) => Outcome

/** Asks the rule itself. */
export const askRule: Ask = (rule, subject, params) => rule.check(subject, params)

/** Asks `checks` of each part of a subject. No parts, no questions: a part whose inputs are unknown is left out. */
export function each<Subject, Part, Params>(
  name: string,
  partsOf: (subject: Subject) => Iterable<Part>,
  checks: Checklist<Part, Params>,
): Group<Subject, Params> {
  return {
    each: name,
    rules: function* () {
      for (const { rule, path } of rulesOf(checks)) yield { rule, path: [name, ...path] }
    },
    violations: function* (subject, params, isInForce, ask) {
      for (const part of partsOf(subject)) yield* violationsOf(checks, part, params, isInForce, ask)
    },
  }
}

/** Every broken rule in checking order, found one at a time: a caller that takes only the first pays for no more. */
export function* violationsOf<Subject, Params>(
  checks: Checklist<Subject, Params>,
  subject: Subject,
  params: Params,
  isInForce: InForce = everyRule,
  ask: Ask = askRule,
): Generator<Violation, void> {
  for (const check of checks) {
    if (isGroup(check)) yield* check.violations(subject, params, isInForce, ask)
    else if (isInForce(check.id)) {
      const outcome = ask(check, subject, params)
      if (outcome !== ok) yield { rule: check, broken: outcome }
    }
  }
}

/** The first violation, the others not looked for. */
export function first(violations: Iterable<Violation>): Violation | undefined {
  for (const violation of violations) return violation
  return undefined
}

/** The rules of a checklist, in order. */
export function* rulesOf<Subject, Params>(
  checks: Checklist<Subject, Params>,
): Generator<Listed<Params>, void> {
  for (const check of checks) {
    if (isGroup(check)) yield* check.rules()
    else yield { rule: check, path: [] }
  }
}

function isGroup<Subject, Params>(check: Check<Subject, Params>): check is Group<Subject, Params> {
  return 'each' in check
}
