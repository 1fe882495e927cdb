import type { CompiledStep } from '../../scenario/index.ts'
import { type ExpectationContext, type Finding, judge } from './expectation.ts'

/** What became of one expectation. */
export interface ExpectationResult {
  /** Index of the step. */
  readonly step: number
  /** Virtual ms at which it was settled. */
  readonly at: number
  readonly status: 'pass' | 'fail' | 'not-applicable'
  readonly expected: string
  readonly actual: string
}

/** Keeps the expectations of a run: those asked at once, those that may take time, those that must never hold. */
export interface ExpectationLedger {
  /** An `expect` step is reached. */
  begin(step: ExpectStep, now: number): void
  /** Something has changed; call after each event while `pending` is true. */
  poll(now: number): void
  /** Whether anything still waits. */
  readonly pending: boolean
  /** Virtual ms of the last deadline; nothing waits longer. */
  readonly deadline: number
  /** No more events will come. */
  finish(now: number): readonly ExpectationResult[]
}

type ExpectStep = Extract<CompiledStep, { do: 'expect' }>

export function createExpectationLedger(
  context: ExpectationContext,
  settled: (result: ExpectationResult) => void = () => {},
): ExpectationLedger {
  const results: ExpectationResult[] = []
  let waiting: { step: ExpectStep; deadline: number; last: Finding }[] = []
  let deadline = 0

  return {
    begin(step, now) {
      const finding = judge(step, context)
      if (step.withinMs === undefined || finding.holds === undefined)
        return settle(step, now, finding, finding.holds)
      if (finding.holds) return settle(step, now, finding, !step.never)
      waiting.push({ step, deadline: now + step.withinMs, last: finding })
      deadline = Math.max(deadline, now + step.withinMs)
    },
    poll(now) {
      waiting = waiting.filter((entry) => {
        if (now > entry.deadline) {
          settle(entry.step, entry.deadline, entry.last, entry.step.never)
          return false
        }
        entry.last = judge(entry.step, context)
        if (!entry.last.holds) return true
        settle(entry.step, now, entry.last, !entry.step.never)
        return false
      })
    },
    get pending() {
      return waiting.length > 0
    },
    get deadline() {
      return deadline
    },
    finish(now) {
      for (const { step, last } of waiting) settle(step, now, last, step.never)
      waiting = []
      return results.sort((a, b) => a.step - b.step)
    },
  }

  function settle(step: ExpectStep, at: number, finding: Finding, good: boolean | undefined): void {
    const status = good === undefined ? 'not-applicable' : good ? 'pass' : 'fail'
    const expected = step.never ? `never: ${finding.expected}` : finding.expected
    const result: ExpectationResult = { step: step.index, at, status, expected, actual: finding.actual }
    results.push(result)
    settled(result)
  }
}
