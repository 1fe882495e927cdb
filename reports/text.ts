import Table from 'cli-table3'
import { recordText } from './record-text.ts'
import { type CaseResult, factsOf, type SuiteResult, tallyOf } from './results.ts'
import { type RunRecord, recordsOf } from './run-record.ts'
import { visible } from './visible.ts'

/** A table of suites, then each failure with what was expected and what came. */
export function resultsText(suites: readonly SuiteResult[]): string {
  const table = new Table({
    head: ['', 'passed', 'failed', 'partial', 'abstained', 'seconds'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  for (const suite of suites) {
    const counts = tallyOf(suite)
    table.push([
      suite.name,
      counts.passed,
      counts.failed,
      counts.partial,
      counts.abstained + counts.expectedFailures,
      suite.seconds === undefined ? '' : suite.seconds.toFixed(1),
    ])
  }
  const failures = suites.flatMap((suite) =>
    suite.cases.filter(({ status }) => status === 'fail').map((failure) => failureText(suite.name, failure)),
  )
  return [table.toString(), ...failures].join('\n')
}

/** One failing case in a few lines; the words of strangers obey nothing. */
function failureText(suite: string, one: CaseResult): string {
  return [
    `FAIL ${suite} ${one.id}${one.message === undefined ? '' : `: ${one.message}`}`,
    ...factsOf(one).map(([name, text]) => `  ${name.padEnd(8)} ${text}`),
  ]
    .map(visible)
    .join('\n')
}

/** A run in lines: what each node judged and where its tip went. */
export function runText(records: readonly RunRecord[]): string {
  const lines = records.flatMap((record) => {
    const line = recordText(record)
    return line === undefined ? [] : [visible(line)]
  })
  const messages = recordsOf(records, 'message')
  const lost = messages.filter((message) => message.arrivesAt === undefined).length
  return [...lines, `${messages.length} messages, ${lost} of them lost`].join('\n')
}
