import { chainLookup } from '../../adapters/index.ts'
import { scoreRules } from '../../conformance/index.ts'
import { readCorpus } from '../../scenario/index.ts'
import { ROOT_FOLDER, SCENARIOS_FOLDER } from '../folders.ts'
import type { Terminal } from '../terminal.ts'
import type { VerbResult } from '../verb.ts'

/** `touchstone mutants --rules`: how many wrong versions of the specification's own rules are found out. */
export async function tryRuleMutants(terminal: Terminal): Promise<VerbResult> {
  const corpus = readCorpus([SCENARIOS_FOLDER], chainLookup)
  // How many there are is known with the first report.
  let bar: ReturnType<Terminal['progress']> | undefined
  const results = await scoreRules(corpus, ROOT_FOLDER, (done, total, mutant) => {
    bar ??= terminal.progress('rule mutants', total)
    bar.update(done, mutant)
  })
  bar?.stop()
  const survivors = results.filter((result) => result.killedBy === undefined).map((result) => result.mutant)
  const killed = results.length - survivors.length
  for (const mutant of survivors) terminal.line(`SURVIVES  ${mutant}`)
  terminal.line(
    `${killed} of ${results.length} mutants of the rules are found (${percentage(killed, results.length)} %)`,
  )
  return { exitCode: survivors.length === 0 ? 0 : 1, json: { killed, mutants: results.length, results } }
}

function percentage(part: number, whole: number): string {
  return ((100 * part) / whole).toFixed(1).replace(/\.0$/, '')
}
