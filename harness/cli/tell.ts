import type { CaseResult } from '../../reports/index.ts'
import type { Terminal } from './terminal.ts'

const MARKS = {
  pass: '   ok',
  fail: ' FAIL',
  partial: ' part',
  abstain: '  n/a',
  'expected-failure': 'known',
}

/** One case in one line, a failure in three more. */
export function tellCase(terminal: Terminal, result: CaseResult): void {
  terminal.line(
    `${MARKS[result.status]}  ${result.id}${result.message === undefined ? '' : `: ${result.message}`}`,
  )
  if (result.status !== 'fail') return
  if (result.expected !== undefined) terminal.line(`         expected ${result.expected}`)
  if (result.actual !== undefined) terminal.line(`         actual   ${result.actual}`)
  if (result.repro !== undefined) terminal.line(`         repro    ${result.repro}`)
}
