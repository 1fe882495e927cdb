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
  /** A command line that shows the same again. */
  readonly repro?: string
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
  const count = (status: CaseStatus) => cases.filter((one) => one.status === status).length
  return {
    passed: count('pass'),
    failed: count('fail'),
    partial: count('partial'),
    abstained: count('abstain'),
    expectedFailures: count('expected-failure'),
  }
}
