/**
 * `abstain`: the target cannot do what the case needs. `partial`: it agreed as far as it said anything, and left out some of what the
 * case is about. Both are counted and printed, neither is a pass.
 */
export type CaseStatus = 'pass' | 'fail' | 'partial' | 'abstain' | 'expected-failure'

/** One judged thing under an id that stays the same from run to run. */
export interface CaseResult {
  readonly id: string
  readonly title: string
  readonly status: CaseStatus
  readonly seconds?: number
  /** Why it failed or was not judged, in one line. */
  readonly message?: string
  readonly expected?: string
  readonly actual?: string
  /** What the specification found, in one line: what was expected, what was there. */
  readonly detail?: string
  /** The rules that it is about. */
  readonly rules?: readonly RuleText[]
  /** Where the block stands that it is about, or the next one for an unconfirmed transaction. */
  readonly block?: BlockText
  /** The file with the bytes: every request of the session, a line each, to be piped into a handler. */
  readonly session?: string
  /** Equal for failures of one case that are the same failure. */
  readonly fingerprint?: string
  /** A command line that shows the same again. */
  readonly repro?: string
}

/** A rule of the specification, as a reader needs it. */
export interface RuleText {
  readonly id: string
  /** Its sentence. */
  readonly must: string
  readonly sources: readonly string[]
}

export interface BlockText {
  readonly parent: string
  readonly height: number
  /** What scripts are judged under there, by Core's flag names. */
  readonly features: readonly string[]
}

/** What stands under a failure, in the order in which it is shown: a word and its text. */
export function factsOf(result: CaseResult): readonly (readonly [name: string, text: string])[] {
  const { rules = [], block } = result
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['expected', result.expected],
    ['actual', result.actual],
    ['detail', result.detail],
    ...rules.flatMap(({ id, must, sources }) => [
      ['rule', `${id}: ${must}`] as const,
      ['source', sources.join('; ')] as const,
    ]),
    ['parent', block?.parent],
    ['height', block?.height.toString()],
    ['in force', block?.features.join(', ')],
    ['session', result.session],
    ['repro', result.repro],
  ]
  return facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined && fact[1] !== '')
}

export interface SuiteResult {
  readonly name: string
  /** What was judged, in one line. */
  readonly about: string
  readonly cases: readonly CaseResult[]
  readonly seconds?: number
  /** Where a case stands for many judgements, as a file of vectors does: all of them counted. */
  readonly counts?: Tally
}

export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly partial: number
  readonly abstained: number
  readonly expectedFailures: number
}

/** What a suite came to, each judgement counted. */
export function tallyOf(suite: SuiteResult): Tally {
  return suite.counts ?? tally(suite.cases)
}

export function tally(cases: readonly CaseResult[]): Tally {
  const count = (status: CaseStatus) => cases.filter((result) => result.status === status).length
  return {
    passed: count('pass'),
    failed: count('fail'),
    partial: count('partial'),
    abstained: count('abstain'),
    expectedFailures: count('expected-failure'),
  }
}
