import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Profile, SeedReport } from '../../simulation/index.ts'
import {
  type CampaignOptions,
  type CampaignResult,
  HAZARDS,
  type Hazard,
  QueueError,
  runCampaign,
} from '../../simulation/index.ts'
import { OUTPUT_FOLDER } from '../folders.ts'
import { duration, freshSeed, integer, queueUrl } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { type ExitCode, type VerbContext, verb } from '../verb.ts'
import { printTours } from './tours.ts'

interface SimulateOptions {
  readonly seeds: number
  readonly seed?: number
  readonly nodes: number
  readonly profile: Profile
  readonly without?: readonly Hazard[]
  readonly budget?: number
  readonly jobs: number
  readonly queue?: string
  readonly results?: string
  readonly tours: number
  readonly out: string
  readonly verbose?: boolean
}

/** `touchstone simulate` */
export function simulateCommand(context: VerbContext): Command {
  const command = new Command('simulate')
    .description('attack simulated networks of the built-in node; the specification judges every verdict')
    .option('--seeds <n>', 'number of seeds to play', integer(1), 100)
    .option('--seed <n>', 'first seed (default: random, printed)', integer(0, 0x7fffffff))
    .option('--nodes <n>', 'nodes in each network', integer(2, 16), 4)
    .addOption(
      new Option(
        '--profile <name>',
        'lite: few signatures; swarm: all disturbances and attacks; perf: no oracle',
      )
        .choices(['lite', 'swarm', 'perf'])
        .default('swarm'),
    )
    .option('--without <classes>', `disturbances and attacks to exclude, of ${HAZARDS.join(', ')}`, hazards)
    .option('--budget <time>', 'start no seed after this time (default: 10m)', duration)
    .option(
      '--jobs <n>',
      'worker threads; 0: none beside the main one',
      integer(0, 64),
      Math.min(2, availableParallelism()),
    )
    .option(
      '--queue <url>',
      'let the workers of a Redis queue play: redis://HOST:PORT (see the verb worker)',
      queueUrl,
    )
    .option(
      '--results <file>',
      'keep the result of each seed, a line of JSON each; seeds that are there are not played again',
    )
    .option(
      '--tours <n>',
      'tours of the network model for each seed; prints the share of its states seen',
      integer(0),
      0,
    )
    .option('--out <folder>', 'folder for failing scenarios', join(OUTPUT_FOLDER, 'failures'))
    .option('--verbose', 'print a line for each seed: its outcome, its disturbances and attacks')
  return verb<SimulateOptions>(command, context, async (terminal, options) => {
    const { budget: budgetMs = 600_000, seed = freshSeed(), without = [], verbose = false, ...rest } = options
    const setup = { ...rest, without, seed, budgetMs }
    terminal.line(
      `profile ${setup.profile}, ${setup.nodes} nodes, seeds ${seed} to ${seed + setup.seeds - 1}`,
    )
    const played: SeedLine[] = []
    const visited = new Set<string>()
    const result = await playCampaign(terminal, setup, (report) => {
      const { outcome, events, eventHash, faults } = report
      if (verbose)
        terminal.line(
          `seed ${report.seed} ${outcome} ${events} events ${eventHash} faults ${drawText(faults)}`,
        )
      for (const key of report.visited ?? []) visited.add(key)
      played.push({ seed: report.seed, outcome, events, eventHash, faults })
    })
    printCampaign(terminal, result)
    printFailures(terminal, result)
    const share = setup.tours > 0 ? printTours(terminal, visited) : undefined
    const { profile, nodes, seeds } = setup
    played.sort((a, b) => a.seed - b.seed)
    return {
      exitCode: share !== undefined && share.outside > 0 ? 1 : exitCodeOf(result),
      json: {
        profile,
        without,
        nodes,
        seed,
        seeds,
        ...result,
        draws: played,
        ...(share !== undefined && { share }),
      },
    }
  })
}

function hazards(text: string): Hazard[] {
  return text.split(',').map((name) => {
    const known = HAZARDS.find((hazard) => hazard === name)
    if (known === undefined)
      throw new InvalidArgumentError(`Expected disturbances and attacks; "${name}" is neither.`)
    return known
  })
}

/** What `--json` says of each seed: its outcome, and the hazards that it drew. */
type SeedLine = Pick<SeedReport, 'seed' | 'outcome' | 'events' | 'eventHash' | 'faults'>

const drawText = (faults: readonly string[]) => (faults.length === 0 ? 'none' : faults.join(', '))

/** The bar shows whichever ends the campaign: seeds or time. */
const BAR_TOTAL = 1000

/** Runs a campaign behind a progress bar. */
export async function playCampaign(
  terminal: Terminal,
  options: CampaignOptions,
  onSeed: (report: SeedReport) => void = () => {},
): Promise<CampaignResult> {
  const bar = terminal.progress('simulate', BAR_TOTAL)
  const start = performance.now()
  let played = 0
  let events = 0
  let failed = 0
  const done = new Set<number>()
  const interrupted = () => {
    bar.stop()
    let next = options.seed
    while (done.has(next)) next++
    terminal.note(`interrupted: ${played} seeds played, ${failed} failed; continue with --seed ${next}`)
    if (failed > 0) terminal.note(`failing scenarios are in ${options.out}`)
    process.exit(130)
  }
  process.once('SIGINT', interrupted)
  try {
    return await runCampaign({ ...options, save: terminal.save }, (report) => {
      onSeed(report)
      done.add(report.seed)
      events += report.events
      if (report.outcome === 'fail') failed++
      played++
      const elapsed = performance.now() - start
      const share = Math.max(played / options.seeds, elapsed / options.budgetMs)
      const rate = Math.round((1000 * events) / elapsed).toLocaleString('en')
      bar.update(Math.floor(BAR_TOTAL * share), `${played} seeds, ${rate} events/s, ${failed} failed`)
    })
  } catch (error) {
    throw error instanceof QueueError ? new UsageError(`--queue: ${error.message}`) : error
  } finally {
    process.removeListener('SIGINT', interrupted)
    bar.stop()
  }
}

/** What a campaign came to, in a few lines. */
export function printCampaign(terminal: Terminal, result: CampaignResult): void {
  const { played, passed, failed, unknown, events, blocks, virtualMs, elapsedMs, busyMs } = result
  const perSecond = (count: number, milliseconds: number) =>
    Math.round((1000 * count) / Math.max(milliseconds, 1)).toLocaleString('en')
  terminal.line(`${played} seeds: ${passed} passed, ${failed} failed, ${unknown} unknown`)
  terminal.line(
    `${events.toLocaleString('en')} events, ${perSecond(events, elapsedMs)} events/s (${perSecond(events, busyMs)} a core), ` +
      `${perSecond(blocks, elapsedMs)} blocks/s, ${Math.round(virtualMs / Math.max(elapsedMs, 1)).toLocaleString('en')} × real time`,
  )
  terminal.line(
    `seeds with ${Object.entries(result.marks)
      .map(([mark, count]) => `${mark} ${count}`)
      .join(', ')}`,
  )
  if (result.missingFaults.length > 0)
    terminal.line(`faults that never happened: ${result.missingFaults.join(', ')}`)
  terminal.line(`${result.outcome}${result.reason === undefined ? '' : `: ${result.reason}`}`)
  if (result.outcome === 'vacuous')
    terminal.line(
      '  vacuous: nothing failed, but too little happened to prove much. Play more seeds (--seeds) or give more time (--budget).',
    )
}

function printFailures(terminal: Terminal, { failures }: CampaignResult): void {
  for (const failure of failures) {
    terminal.line(` FAIL  ${failure.signature}: ${failure.reason}`)
    terminal.line(
      `         seeds    ${failure.seeds.slice(0, 8).join(' ')}${failure.seeds.length > 8 ? ' …' : ''}`,
    )
    terminal.line(`         drawn    ${drawText(failure.faults)}`)
    terminal.line(
      `         scenario ${failure.file} (${failure.stepsBefore} steps made ${failure.stepsAfter})`,
    )
    terminal.line(`         repro    npx touchstone replay ${failure.file}`)
  }
}

function exitCodeOf({ outcome }: CampaignResult): ExitCode {
  if (outcome === 'pass') return 0
  return outcome === 'fail' ? 1 : 3
}
