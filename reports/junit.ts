import { create } from 'xmlbuilder2'
import { type CaseResult, factsOf, type SuiteResult, tally } from './results.ts'

/** JUnit XML: one suite per kind of work, one case per stable id. An abstention, a partial case and an expected failure are `skipped`. */
export function junitXml(suites: readonly SuiteResult[]): string {
  const all = tally(suites.flatMap((suite) => suite.cases))
  const root = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '?' }).ele('testsuites', {
    name: 'touchstone',
    tests: suites.reduce((sum, suite) => sum + suite.cases.length, 0),
    failures: all.failed,
    skipped: all.partial + all.abstained + all.expectedFailures,
  })
  for (const suite of suites) {
    const counts = tally(suite.cases)
    const element = root.ele('testsuite', {
      name: suite.name,
      tests: suite.cases.length,
      failures: counts.failed,
      errors: 0,
      skipped: counts.partial + counts.abstained + counts.expectedFailures,
      time: (suite.seconds ?? 0).toFixed(3),
    })
    for (const one of suite.cases) addCase(element, suite.name, one)
  }
  return `${root.end({ prettyPrint: true })}\n`
}

function addCase(parent: ReturnType<typeof create>, suite: string, one: CaseResult): void {
  const element = parent.ele('testcase', {
    classname: suite,
    name: one.id,
    time: (one.seconds ?? 0).toFixed(3),
  })
  if (one.status === 'fail')
    element.ele('failure', { message: one.message ?? 'failed', type: 'divergence' }).txt(details(one))
  else if (one.status === 'abstain') element.ele('skipped', { message: `abstained: ${one.message ?? ''}` })
  else if (one.status === 'partial') element.ele('skipped', { message: `partial: ${one.message ?? ''}` })
  else if (one.status === 'expected-failure')
    element.ele('skipped', { message: `expected failure: ${one.message ?? ''}` })
}

function details(one: CaseResult): string {
  return [one.title, ...factsOf(one).map(([name, text]) => `${`${name}:`.padEnd(10)}${text}`)].join('\n')
}
