import { Command, Option } from 'commander'
import { type CaseResult, htmlPage, junitXml, tally } from '../../../reports/index.ts'
import { chainLookup, parseTarget, TARGET_HELP } from '../../adapters/index.ts'
import { applyBaseline, baselineOf, NO_BASELINE, readBaseline } from '../../conformance/index.ts'
import { readCorpus } from '../../scenario/index.ts'
import { SCENARIOS_FOLDER } from '../folders.ts'
import { duration, integer, requirePaths } from '../options.ts'
import { printCase } from '../print-case.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { type ExitCode, type VerbContext, type VerbResult, verb } from '../verb.ts'
import { groundAsked, judgeCorpus, type StoryOptions } from './conform-corpus.ts'
import { conformFixtures } from './conform-fixtures.ts'
import { conformGenerated } from './conform-generated.ts'
import { conformHealthCommand } from './conform-health.ts'
import { conformLibrary } from './conform-library.ts'

interface ConformOptions extends StoryOptions {
  readonly baseline?: string
  readonly writeBaseline?: string
  readonly junit?: string
  readonly html?: string
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
    .option('--node <target>', TARGET_HELP)
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
  command.addCommand(conformHealthCommand(context))
  return verb<ConformOptions>(command, context, async (terminal, options, args) => {
    // Not required of the command that has `health` below it.
    if (options.node === undefined) throw new UsageError("required option '--node <target>' not specified")
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
  for (const one of cases) printCase(terminal, one)
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
