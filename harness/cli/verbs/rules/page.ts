import { join } from 'node:path'
import { rulesPage } from '../../../../reports/index.ts'
import { chainLookup } from '../../../adapters/index.ts'
import { gatherRules } from '../../../conformance/index.ts'
import { readCorpus } from '../../../scenario/index.ts'
import { OUTPUT_FOLDER, ROOT_FOLDER, SCENARIOS_FOLDER } from '../../folders.ts'
import type { Terminal } from '../../terminal.ts'
import type { VerbResult } from '../../verb.ts'
import { realDataFiles } from '../main-job/real-data.ts'

/** `touchstone rules --html`: plays all scenarios and vectors, and writes what each rule is and what fires it. */
export function writeRulesPage(
  terminal: Terminal,
  out: string = join(OUTPUT_FOLDER, 'rules.html'),
): VerbResult {
  const corpus = readCorpus([SCENARIOS_FOLDER], chainLookup)
  // How many files there are is known with the first report.
  let bar: ReturnType<Terminal['progress']> | undefined
  const gathered = gatherRules(corpus, realDataFiles(), ROOT_FOLDER, (done, total, file) => {
    bar ??= terminal.progress('vectors', total)
    bar.update(done, file)
  })
  bar?.stop()
  const { rules } = gathered
  const subtitle = `${rules.length} rules in checking order; what fires each was found by playing ${corpus.length} scenarios and the public vectors of this machine on the specification`
  terminal.save(out, rulesPage({ subtitle, ...gathered }))
  terminal.line(out)
  return { exitCode: 0, json: { page: out, ...gathered } }
}
