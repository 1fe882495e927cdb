import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import {
  folderOf,
  htmlPage,
  junitXml,
  type RunRecord,
  resultsText,
  runToNdjson,
  type SuiteResult,
  tallyOf,
} from '../../../reports/index.ts'
import { pageScript } from '../../pages/index.ts'
import type { CampaignResult } from '../../simulation/index.ts'
import { OUTPUT_FOLDER } from '../folders.ts'
import { duration, freshSeed, integer } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { type ExitCode, type VerbContext, verb } from '../verb.ts'
import { addToHistory } from './main-job/history.ts'
import { realDataFiles, vectorsFolder } from './main-job/real-data.ts'
import { campaignSuite, corpusSuite, vectorsSuite } from './main-job/suites.ts'
import { printCampaign } from './simulate.ts'

interface RunOptions {
  readonly budget?: number
  readonly seed?: number
  readonly jobs: number
}

const NODES = 4
/** A campaign shorter than this may miss what it must meet. */
const CAMPAIGN_MS_MIN = 15_000
/** Part of the whole time that the vectors may take on each engine. */
const VECTORS_SHARE = 0.3
/** The same of the corpus. */
const CORPUS_SHARE = 0.1
/** Part of the campaign's time that shrinking may take. */
const SHRINK_SHARE = 0.4
const SEEDS_MAX = 100_000

/** `touchstone run`: the main job. */
export function runCommand(context: VerbContext): Command {
  const command = new Command('run')
    .description('run the main job: real data, the scenario corpus and a fresh campaign; then write a report')
    .option('--budget <time>', 'about how long it may take (default: 80s)', duration)
    .option('--seed <n>', 'first seed of the campaign (default: random, printed)', integer(0, 0x7fffffff))
    .option('--jobs <n>', 'worker threads', integer(1, 64), Math.min(2, availableParallelism()))
  return verb<RunOptions>(command, context, async (terminal, options) => {
    const seed = options.seed ?? freshSeed()
    const started = performance.now()
    const { suites, runs, campaign } = await doMainJob(terminal, { ...options, seed }, started)
    const seconds = (performance.now() - started) / 1000
    terminal.line(resultsText(suites))
    printCampaign(terminal, campaign)
    const failed = suites.some(
      (suite) => (suite.counts?.failed ?? 0) > 0 || suite.cases.some(({ status }) => status === 'fail'),
    )
    const page = writeReport(terminal, suites, runs, campaign, seed, seconds)
    terminal.line(`campaign seed ${seed}; ${seconds.toFixed(0)} s`)
    terminal.line(page)
    const exitCode: ExitCode = failed ? 1 : campaign.outcome === 'pass' ? 0 : 3
    return { exitCode, json: { seed, seconds, suites, campaign, report: page } }
  })
}

interface MainJob {
  readonly suites: readonly SuiteResult[]
  readonly runs: readonly (readonly RunRecord[])[]
  readonly campaign: CampaignResult
}

async function doMainJob(
  terminal: Terminal,
  { budget = 80_000, seed, jobs }: RunOptions & { readonly seed: number },
  started: number,
): Promise<MainJob> {
  const files = realDataFiles()
  if (vectorsFolder() === undefined)
    terminal.note(
      'real chains are left out: TOUCHSTONE_VECTORS names no folder of them (the vectors of the packages are there)',
    )
  const suites: SuiteResult[] = []
  for (const engine of ['node', 'spec'] as const)
    suites.push(await vectorsSuite(terminal, engine, files, jobs, budget * VECTORS_SHARE))
  const corpusMs = budget * CORPUS_SHARE
  const onSpec = corpusSuite(terminal, 'spec', corpusMs)
  const onNode = corpusSuite(terminal, 'node', corpusMs)
  const left = Math.max(budget - (performance.now() - started), CAMPAIGN_MS_MIN)
  const { suite, campaign } = await campaignSuite(terminal, {
    seeds: SEEDS_MAX,
    seed,
    nodes: NODES,
    profile: 'swarm',
    without: [],
    budgetMs: left,
    shrinkMs: left * SHRINK_SHARE,
    jobs,
    out: join(OUTPUT_FOLDER, 'failures'),
  })
  return { suites: [...suites, onSpec, onNode, suite], runs: onNode.runs, campaign }
}

/** Writes page, JUnit and records into a folder of the moment; returns the page's path. */
function writeReport(
  terminal: Terminal,
  suites: readonly SuiteResult[],
  runs: MainJob['runs'],
  campaign: CampaignResult,
  seed: number,
  seconds: number,
): string {
  const moment = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const folder = join(OUTPUT_FOLDER, folderOf(moment))
  const page = join(folder, 'index.html')
  const perSecond = Math.round((1000 * campaign.events) / Math.max(campaign.elapsedMs, 1))
  const figures = [
    { label: 'seconds', value: seconds.toFixed(0) },
    { label: 'campaign seed', value: String(seed) },
    { label: 'simulated networks', value: String(campaign.played) },
    { label: 'events', value: campaign.events.toLocaleString('en') },
    { label: 'events a second', value: perSecond.toLocaleString('en') },
    { label: 'blocks judged', value: campaign.blocks.toLocaleString('en') },
  ]
  const subtitle = `touchstone run, ${moment}; the built-in node against the specification`
  const tallies = suites.map(tallyOf)
  const history = addToHistory(terminal, {
    format: 'touchstone-history/1',
    moment,
    seed,
    seconds,
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    networks: campaign.played,
    eventsPerSecond: perSecond,
  })
  const script = pageScript('run-page')
  terminal.save(page, htmlPage({ title: 'Touchstone', subtitle, figures, suites, runs, history, script }))
  terminal.save(join(folder, 'junit.xml'), junitXml(suites))
  for (const [index, records] of runs.entries())
    terminal.save(join(OUTPUT_FOLDER, `${folderOf(moment)}-${index}.ndjson`), runToNdjson(records))
  return page
}
