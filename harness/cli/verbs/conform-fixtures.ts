import { type CaseResult, junitXml } from '../../../reports/index.ts'
import { parseTarget } from '../../adapters/index.ts'
import { type FixtureResult, playFixtures, readFixtures } from '../../conformance/index.ts'
import type { Strictness } from '../../ports/index.ts'
import { requirePaths } from '../options.ts'
import { printCase } from '../print-case.ts'
import type { Terminal } from '../terminal.ts'
import type { ExitCode, VerbResult } from '../verb.ts'

interface FixtureOptions {
  readonly node: string
  readonly strict: Strictness
  readonly timeout: number
  readonly junit?: string
  /** A folder or a tarball. */
  readonly fixtures: string
}

/** Judges a node by fixtures. Those that Bitcoin Core has not confirmed are reported and fail nobody. */
export function conformFixtures(
  terminal: Terminal,
  { node, strict, timeout, junit, fixtures: path }: FixtureOptions,
): VerbResult {
  requirePaths([path])
  const files = readFixtures(path)
  const bar = terminal.progress(
    'fixtures',
    [...files.values()].reduce((sum, { fixtures }) => sum + fixtures.length, 0),
  )
  const cases: CaseResult[] = []
  let provisional = 0
  const engine = parseTarget('--node', node).open({ timeoutMs: timeout })
  try {
    for (const [name, file] of files) {
      const done = cases.length
      const results = playFixtures(file, engine, strict, (count, id) => bar.update(done + count, id))
      cases.push(...results.map((result) => caseOf(name, result)))
      provisional += results.filter(({ status, isProvisional }) => status === 'fail' && isProvisional).length
    }
  } finally {
    bar.stop()
    engine.close()
  }
  for (const one of cases) if (one.status !== 'pass') printCase(terminal, one)
  const count = (status: CaseResult['status']) => cases.filter((result) => result.status === status).length
  const [passed, failed, abstained] = [count('pass'), count('fail'), count('abstain') - provisional]
  terminal.line(
    `${engine.name}: ${passed} passed, ${failed} failed, ${abstained} abstained, ${provisional} differ on provisional fixtures`,
  )
  if (junit !== undefined)
    terminal.save(junit, junitXml([{ name: `fixtures.${engine.name}`, about: 'fixtures', cases }]))
  const exitCode: ExitCode = failed > 0 ? 1 : passed === 0 ? 3 : 0
  return { exitCode, json: { node: engine.name, strict, passed, failed, abstained, provisional, cases } }
}

function caseOf(file: string, { id, about, status, message, isProvisional }: FixtureResult): CaseResult {
  const named = { id: `${file.replace(/\.json$/, '')}/${id}`, title: about }
  if (status === 'fail' && isProvisional)
    return { ...named, status: 'abstain', message: `provisional, it differs: ${message}` }
  return { ...named, status, ...(message !== undefined && { message }) }
}
