import { type CaseResult, factsOf, visible } from '../../reports/index.ts'
import type { Terminal } from './terminal.ts'

const MARKS = {
  pass: '   ok',
  fail: ' FAIL',
  partial: ' part',
  abstain: '  n/a',
  'expected-failure': 'known',
}

/** One case in one line, a failure in some more; the words of strangers obey nothing. */
export function printCase(terminal: Terminal, result: CaseResult): void {
  const line = (text: string) => terminal.line(visible(text))
  line(`${MARKS[result.status]}  ${result.id}${result.message === undefined ? '' : `: ${result.message}`}`)
  if (result.status === 'fail')
    for (const [name, value] of factsOf(result)) line(`         ${name.padEnd(8)} ${value}`)
}
