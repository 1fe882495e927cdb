/**
 * How long a rejection holds. `invalid`: for ever. `mutated`: these bytes, not this hash. `premature`: valid
 * later. `missing`: something is unknown.
 */
export type RejectionClass = 'invalid' | 'mutated' | 'premature' | 'missing'

/** A rule is kept, or broken: what was expected and what was there, in words for a human. */
export type Outcome = typeof ok | Broken

/** A rule is broken. `suffix` is what Core appends to the reason, for example `(0x00000001)`. */
export interface Broken {
  readonly expected: string
  readonly actual: string
  readonly suffix?: string
}

/** One thing that must hold of a subject. Reading its fields aloud gives the rule and where it comes from. */
export interface Rule<Subject, Params> {
  /** Ours: a slug, unique and stable. */
  readonly id: string
  /** Bitcoin Core's reject string; several rules may share one. */
  readonly reason: string
  /** One sentence. */
  readonly must: string
  /** BIP, CVE or Core name. At least one. */
  readonly sources: readonly string[]
  /** The chain's parameters that `check` reads: where its edges lie. */
  readonly limits: readonly (keyof Params)[]
  /** How long a rejection by this rule holds; `invalid` by default. */
  readonly rejection: RejectionClass
  /** What differs when a transaction is judged by itself, before any block has it. */
  readonly unconfirmed: { readonly reason: string; readonly rejection: RejectionClass }
  check(subject: Subject, params: Params): Outcome
}

/** What a rule's author writes: what is left out has its usual value. */
export type RuleDefinition<Subject, Params> = Omit<
  Rule<Subject, Params>,
  'limits' | 'rejection' | 'unconfirmed'
> & {
  readonly limits?: readonly (keyof Params)[]
  readonly rejection?: RejectionClass
  readonly unconfirmed?: { readonly reason?: string; readonly rejection?: RejectionClass }
}

/** Completes a definition. */
export function defineRule<Subject, Params>(
  definition: RuleDefinition<Subject, Params>,
): Rule<Subject, Params> {
  const rejection = definition.rejection ?? 'invalid'
  return {
    ...definition,
    limits: definition.limits ?? [],
    rejection,
    unconfirmed: { reason: definition.reason, rejection, ...definition.unconfirmed },
  }
}

/** The rule is kept. */
export const ok = 'ok'

/** The rule is broken. */
export function broken(expected: unknown, actual: unknown, suffix?: string): Broken {
  const words = { expected: String(expected), actual: String(actual) }
  return suffix === undefined ? words : { ...words, suffix }
}

type Ordered = number | bigint

/** Kept when `actual` is `least` or more. */
export function atLeast(least: Ordered, actual: Ordered): Outcome {
  return actual >= least ? ok : broken(`at least ${least}`, actual)
}

/** Kept when `actual` is `most` or less. */
export function atMost(most: Ordered, actual: Ordered): Outcome {
  return actual <= most ? ok : broken(`at most ${most}`, actual)
}

/** Kept when `actual` lies between `least` and `most`, both allowed. */
export function within(least: Ordered, most: Ordered, actual: Ordered): Outcome {
  return actual >= least && actual <= most ? ok : broken(`${least} to ${most}`, actual)
}

/** Kept when both are the same primitive value. */
export function equal(expected: string | Ordered, actual: string | Ordered): Outcome {
  return actual === expected ? ok : broken(expected, actual)
}

/** Kept when the condition holds; otherwise the words say what was expected and what was there. */
export function holds(condition: boolean, expected: string, actual: unknown): Outcome {
  return condition ? ok : broken(expected, actual)
}
