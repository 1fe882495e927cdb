import { Command, Option } from 'commander'
import { type CaseResult, htmlPage, junitXml, tally } from '../../../reports/index.ts'
import {
  chainLookup,
  createEngine,
  type ForeignEngine,
  parseTarget,
  TARGET_HELP,
  TargetError,
} from '../../adapters/index.ts'
import {
  applyBaseline,
  baselineOf,
  judgeScenario,
  NO_BASELINE,
  readBaseline,
} from '../../conformance/index.ts'
import type { Strictness } from '../../ports/index.ts'
import { type CorpusEntry, readCorpus, type StoryGround } from '../../scenario/index.ts'
import { outputFileOf, quoted, SCENARIOS_FOLDER, shortPath } from '../folders.ts'
import { duration, integer, requirePaths } from '../options.ts'
import { tellCase } from '../tell.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { type ExitCode, type VerbContext, type VerbResult, verb } from '../verb.ts'
import { conformFixtures } from './conform-fixtures.ts'
import { conformGenerated } from './conform-generated.ts'
import { conformLibrary } from './conform-library.ts'

interface ConformOptions {
  readonly node: string
  readonly strict: Strictness
  readonly baseline?: string
  readonly writeBaseline?: string
  readonly junit?: string
  readonly html?: string
  readonly chain?: string
  /** Unix seconds. */
  readonly epoch?: number
  readonly doors?: 'rpc' | 'both'
  readonly generated?: number
  readonly fixtures?: string
  readonly seed?: number
  /** Milliseconds. */
  readonly timeout: number
}

/** After BIP16, and where a story's last block is still below the greatest time of a header. */
const EPOCH_MIN = 1_333_238_400
const EPOCH_MAX = 4_000_000_000

/** `touchstone conform --node TARGET` */
export function conformCommand(context: VerbContext): Command {
  const command = new Command('conform')
    .description('judge a node by the specification: every verdict and every state in every scenario')
    .argument('[path...]', 'scenario files or folders; default: the whole corpus')
    .requiredOption('--node <target>', TARGET_HELP)
    .addOption(
      new Option('--strict <how>', 'how closely verdicts must agree')
        .choices(['verdict', 'class', 'exact'])
        .default('exact'),
    )
    .option('--chain <name>', 'replay the scenarios on this chain (default: their own, or that of a daemon)')
    .option(
      '--epoch <seconds>',
      'Unix time at which stories begin on a node that has no mock clock (default: 1600000000)',
      integer(EPOCH_MIN, EPOCH_MAX),
    )
    .addOption(
      new Option(
        '--doors <which>',
        'how such a node is given blocks; by both it is run twice (default: both)',
      ).choices(['rpc', 'both']),
    )
    .option('--baseline <file>', 'known failures: only new ones count')
    .option('--write-baseline <file>', 'write the failures of this run as a baseline')
    .option('--junit <file>', 'write JUnit XML')
    .option('--html <file>', 'write a page')
    .addOption(
      new Option('--timeout <time>', 'how long a stdio program may take for an answer (default: 60s)')
        .argParser(duration)
        .default(60_000, '60s'),
    )
    .option(
      '--generated <n>',
      'instead of scenarios: at least so many generated blocks and transactions',
      integer(1),
    )
    .option('--fixtures <folder|tarball>', 'instead of scenarios: fixtures as `touchstone fill` writes them')
    .option('--seed <n>', 'with --generated: random seed (default: random, printed)', integer(0, 0x7fffffff))
  return verb<ConformOptions>(command, context, async (terminal, options, args) => {
    if (options.timeout <= 0) throw new UsageError('--timeout: expected more than no time')
    const { fixtures } = options
    if (fixtures !== undefined) return conformFixtures(terminal, { ...options, fixtures })
    return conformCorpus(terminal, options, args.length > 0 ? args : [SCENARIOS_FOLDER])
  })
}

function conformCorpus(terminal: Terminal, options: ConformOptions, paths: readonly string[]): VerbResult {
  requirePaths(paths)
  const baseline = options.baseline === undefined ? NO_BASELINE : readBaseline(options.baseline)
  const named = parseTarget('--node', options.node)
  const open = () => named.open({ timeoutMs: options.timeout, doors: options.doors })
  // One that does not even start is a matter of usage.
  const target = open()
  const isLibrary = target.library !== undefined && !target.capabilities.has('blocks')
  if (options.generated !== undefined && !isLibrary) {
    target.close()
    return conformGenerated(terminal, { ...options, generated: options.generated })
  }
  const corpus = readCorpus(paths, chainLookup, isLibrary ? undefined : groundAsked(options))
  const judged = isLibrary
    ? conformLibrary(terminal, target, open, corpus, options)
    : judgeCorpus(terminal, target, open, corpus, options)
  const { cases, notes } = applyBaseline(judged.cases, baseline, new Date().toISOString().slice(0, 10))
  for (const one of cases) tellCase(terminal, one)
  for (const note of notes) terminal.line(note)
  const counts = tally(cases)
  terminal.line(
    `${judged.name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.partial} partial, ${counts.abstained} abstained${
      counts.expectedFailures > 0 ? `, ${counts.expectedFailures} expected failures` : ''
    }`,
  )
  writeReports(terminal, options, { name: judged.name, cases })
  if (options.writeBaseline !== undefined)
    terminal.save(options.writeBaseline, `${JSON.stringify(baselineOf(cases, baseline), null, 2)}\n`)
  const exitCode: ExitCode = counts.failed > 0 ? 1 : counts.passed === 0 ? 3 : 0
  return { exitCode, json: { node: judged.name, strict: options.strict, ...counts, notes, cases } }
}

function writeReports(
  terminal: Terminal,
  { junit, html, strict }: ConformOptions,
  { name, cases }: { readonly name: string; readonly cases: readonly CaseResult[] },
): void {
  const suites = [{ name: `conform.${name}`, about: 'scenarios judged by the specification', cases }]
  if (junit !== undefined) terminal.save(junit, junitXml(suites))
  if (html === undefined) return
  const subtitle = `${name}, verdicts compared by ${strict}`
  terminal.save(html, htmlPage({ title: 'Touchstone conform', subtitle, figures: [], suites, runs: [] }))
}

/** On which chain the scenarios are replayed; undefined: each on its own. */
function groundAsked({ chain, node, epoch }: ConformOptions): StoryGround | undefined {
  const { stories } = parseTarget('--node', node)
  if (epoch !== undefined && (chain !== undefined || stories?.prelude === undefined))
    throw new UsageError('--epoch: this node is told stories at the times that they have')
  if (chain === undefined)
    return epoch === undefined || stories?.prelude === undefined
      ? stories
      : { ...stories, prelude: { ...stories.prelude, startTime: epoch } }
  if (chainLookup(chain) === undefined)
    throw new UsageError(`--chain ${chain}: there is no chain of this name`)
  return { chain }
}

function judgeCorpus(
  terminal: Terminal,
  opened: ForeignEngine,
  open: () => ForeignEngine,
  corpus: readonly CorpusEntry[],
  options: ConformOptions,
): { name: string; cases: CaseResult[] } {
  const judgement = { strictness: options.strict, reference: createEngine('spec') }
  const bar = terminal.progress('conform', corpus.length)
  let target: ForeignEngine | undefined = opened
  const { name } = opened
  const cases: CaseResult[] = []
  try {
    for (const [index, entry] of corpus.entries()) {
      bar.update(index, entry.id)
      const start = performance.now()
      const judged = judgeOrRestart(entry)
      cases.push(kept(terminal, entry, options, judged, (performance.now() - start) / 1000))
    }
  } finally {
    bar.stop()
    target?.close()
  }
  return { name, cases }

  /** Whatever ended, or said what it must not, is started again for the next scenario. */
  function judgeOrRestart(entry: CorpusEntry): ReturnType<typeof judgeScenario> {
    try {
      target ??= open()
    } catch (error) {
      if (!(error instanceof TargetError)) throw error
      const title = entry.compiled.scenario.title
      return { id: entry.id, title, status: 'fail', message: `it does not start again: ${error.message}` }
    }
    const judged = judgeScenario(entry, target, judgement)
    if (!target.isAlive()) {
      target.close()
      target = undefined
    }
    return judged
  }
}

/** A case as it is reported; the session that shows a failure goes to a file of its own. */
function kept(
  terminal: Terminal,
  { id, path }: CorpusEntry,
  { node, strict, ...how }: ConformOptions,
  { dialogue, eventHash: _, ...judged }: ReturnType<typeof judgeScenario>,
  seconds: number,
): CaseResult {
  if (judged.status !== 'fail') return { ...judged, seconds }
  const file = outputFileOf('sessions', id, 'ndjson')
  const isKept = dialogue !== undefined && terminal.save(file, dialogue)
  const words = ['conform', shortPath(path), '--node', node, '--strict', strict]
  const told = (['chain', 'epoch', 'doors'] as const).flatMap((option) =>
    how[option] === undefined ? [] : [`--${option}`, String(how[option])],
  )
  return {
    ...judged,
    seconds,
    ...(isKept ? { session: file } : {}),
    repro: ['npx', 'touchstone', ...words, ...told].map(quoted).join(' '),
  }
}
