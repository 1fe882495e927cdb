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
export function tellCase(terminal: Terminal, one: CaseResult): void {
  terminal.line(`${MARKS[one.status]}  ${one.id}${one.message === undefined ? '' : `: ${one.message}`}`)
  if (one.status !== 'fail') return
  if (one.expected !== undefined) terminal.line(`         expected ${one.expected}`)
  if (one.actual !== undefined) terminal.line(`         actual   ${one.actual}`)
  if (one.repro !== undefined) terminal.line(`         again    ${one.repro}`)
}
