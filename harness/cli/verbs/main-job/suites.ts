import type { CaseResult, RunRecord, SuiteResult } from '../../../../reports/index.ts'
import { chainLookup, type EngineName } from '../../../adapters/index.ts'
import { LEFT_OUT, runVectors, statusOf, type VectorSetResult } from '../../../conformance/index.ts'
import { readCorpus } from '../../../scenario/index.ts'
import type { CampaignOptions, CampaignResult, Played } from '../../../simulation/index.ts'
import { SCENARIOS_FOLDER } from '../../folders.ts'
import { openPlayer } from '../../target.ts'
import type { Terminal } from '../../terminal.ts'
import { playCampaign } from '../simulate.ts'

const WHO = { spec: 'the specification', node: 'the built-in node' }

/** Real blocks and public vectors through one engine. What is not begun after `budgetMs` is left out: counted, and said. */
export async function vectorsSuite(
  terminal: Terminal,
  engine: EngineName,
  files: readonly string[],
  jobs: number,
  budgetMs: number,
): Promise<SuiteResult> {
  const start = performance.now()
  const bar = terminal.progress(`vectors ${engine}`, 1000)
  const results = await runVectors(files, {
    engine,
    jobs,
    budgetMs,
    onProgress: (done, total, name) => bar.update(Math.floor((1000 * done) / Math.max(total, 1)), name),
  }).finally(() => bar.stop())
  const sum = (count: (result: VectorSetResult) => number) =>
    results.reduce((total, result) => total + count(result), 0)
  const leftOut = sum(({ skips }) => skips[LEFT_OUT] ?? 0)
  const asked = sum(({ passed, failures, skipped }) => passed + failures.length + skipped) - leftOut
  if (leftOut > 0)
    terminal.note(`vectors ${engine}: ${asked} of ${asked + leftOut} judged in the time for this part`)
  return {
    name: `vectors ${engine}`,
    about: `real blocks and public test vectors, judged by ${WHO[engine]}`,
    seconds: (performance.now() - start) / 1000,
    counts: {
      passed: sum(({ passed }) => passed),
      failed: sum(({ failures }) => failures.length),
      partial: 0,
      abstained: sum(({ skipped }) => skipped),
      expectedFailures: 0,
    },
    cases: results.flatMap((result) => vectorCases(engine, result)),
  }
}

/** A case per file, and instead of a file that fails a case per vector that does. */
function vectorCases(engine: EngineName, result: VectorSetResult): CaseResult[] {
  const { name, format, passed, failures, skipped, notApplicable, seconds, files } = result
  const about = { id: name, title: format, seconds }
  switch (statusOf(result)) {
    case 'not applicable':
      return [{ ...about, status: 'abstain', message: notApplicable! }]
    case 'skipped':
      return [{ ...about, status: 'abstain', message: `${skipped} skipped` }]
    case 'pass':
      return [
        {
          ...about,
          status: 'pass',
          message: `${passed} passed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
        },
      ]
    case 'fail':
      return failures.map((failure) => ({
        id: `${name}: ${failure.id}`,
        title: format,
        status: 'fail',
        message: failure.message,
        repro: `touchstone vectors ${files.join(' ')} --engine ${engine}`,
      }))
  }
}

export interface CorpusSuite extends SuiteResult {
  /** What was recorded of failures, and of one scenario worth seeing. */
  readonly runs: readonly (readonly RunRecord[])[]
}

const SHOWN = 'partition/double-spend-on-both-sides'
const FAILURES_SHOWN = 4

/**
 * The corpus of scenarios, on the specification or on whole nodes. On a slow machine it stops after `budgetMs`: which stories
 * were left out is said, and they count as abstained.
 */
export function corpusSuite(terminal: Terminal, engine: EngineName, budgetMs: number): CorpusSuite {
  const start = performance.now()
  const corpus = readCorpus([SCENARIOS_FOLDER], chainLookup)
  const { play } = openPlayer(engine === 'node' ? 'builtin' : 'spec')
  const bar = terminal.progress(`corpus ${engine}`, corpus.length)
  const played: Played[] = []
  for (const [index, entry] of corpus.entries()) {
    if (performance.now() - start > budgetMs) break
    bar.update(index, entry.id)
    played.push(play(entry))
  }
  bar.stop()
  const leftOut = corpus.slice(played.length).map(({ id }): CaseResult => {
    return {
      id,
      title: id,
      status: 'abstain',
      message: LEFT_OUT,
    }
  })
  if (leftOut.length > 0)
    terminal.note(
      `scenarios ${engine}: ${played.length} of ${corpus.length} played in the time for this part`,
    )
  const failing = played.filter(({ result }) => result.status === 'fail').slice(0, FAILURES_SHOWN)
  const shown = failing.length > 0 ? failing : played.filter(({ result }) => result.id === SHOWN)
  return {
    name: `scenarios ${engine}`,
    about: `stories as data, played on ${WHO[engine]}${engine === 'node' ? ' in a simulated network' : ''}`,
    seconds: (performance.now() - start) / 1000,
    cases: [...played.map(({ result }) => result), ...leftOut],
    runs: shown.map(({ records }) => records).filter((records) => records.length > 0),
  }
}

/** A campaign as a suite: all its seeds counted, a case for each way to fail. */
export async function campaignSuite(
  terminal: Terminal,
  options: CampaignOptions,
): Promise<{ suite: SuiteResult; campaign: CampaignResult }> {
  const campaign = await playCampaign(terminal, options)
  const cases = campaign.failures.map(
    (failure): CaseResult => ({
      id: failure.signature,
      title: `${failure.seeds.length} seeds, the first ${failure.seeds[0]}`,
      status: 'fail',
      message: failure.reason,
      repro: `npx touchstone replay ${failure.file}`,
    }),
  )
  const suite = {
    name: 'campaign',
    about: `attacks on simulated networks of ${options.nodes} nodes, profile ${options.profile}, seeds from ${options.seed} on`,
    seconds: campaign.elapsedMs / 1000,
    cases,
    counts: {
      passed: campaign.passed,
      failed: campaign.failed,
      partial: 0,
      abstained: campaign.unknown,
      expectedFailures: 0,
    },
  }
  return { suite, campaign }
}
