import { Command, Option } from 'commander'
import { type CaseResult, junitXml, tally } from '../../../reports/index.ts'
import {
  chainLookup,
  createEngine,
  type ForeignEngine,
  parseTarget,
  TARGET_HELP,
} from '../../adapters/index.ts'
import { applyBaseline, judgeScenario, NO_BASELINE, readBaseline } from '../../conformance/index.ts'
import type { Engine, Strictness } from '../../ports/index.ts'
import { type CorpusEntry, readCorpus, type StoryGround } from '../../scenario/index.ts'
import { SCENARIOS_FOLDER } from '../folders.ts'
import { integer, requirePaths } from '../options.ts'
import { tellCase } from '../tell.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { type VerbContext, verb } from '../verb.ts'
import { conformGenerated } from './conform-generated.ts'

interface ConformOptions {
  readonly node: string
  readonly strict: Strictness
  readonly baseline?: string
  readonly junit?: string
  readonly chain?: string
  readonly generated?: number
  readonly seed?: number
}

/** `touchstone conform --node TARGET` */
export function conformCommand(context: VerbContext): Command {
  const command = new Command('conform')
    .description('judge a node by the specification: every verdict in every scenario')
    .argument('[path...]', 'scenario files or folders; default: the whole corpus')
    .requiredOption('--node <target>', TARGET_HELP)
    .addOption(
      new Option('--strict <how>', 'how closely verdicts must agree')
        .choices(['verdict', 'class', 'exact'])
        .default('exact'),
    )
    .option('--chain <name>', 'tell the scenarios on this chain; default: their own, or the one a daemon has')
    .option('--baseline <file>', 'known failures: only new ones count')
    .option('--junit <file>', 'write JUnit XML')
    .option(
      '--generated <n>',
      'instead of scenarios: at least so many generated blocks and transactions',
      integer(1),
    )
    .option(
      '--seed <n>',
      'with --generated: where chance starts; default: a fresh one, printed',
      integer(0, 0x7fffffff),
    )
  return verb<ConformOptions>(command, context, async (terminal, options, args) => {
    const { generated } = options
    if (generated !== undefined) return conformGenerated(terminal, { ...options, generated })
    const paths = args.length > 0 ? args : [SCENARIOS_FOLDER]
    requirePaths(paths)
    const baseline =
      options.baseline === undefined ? NO_BASELINE : usable(() => readBaseline(options.baseline!))
    const corpus = readCorpus(paths, chainLookup, groundAsked(options))
    const judged = judgeCorpus(terminal, corpus, options)
    const cases = applyBaseline(judged.cases, baseline, new Date().toISOString().slice(0, 10))
    for (const one of cases) tellCase(terminal, one)
    const counts = tally(cases)
    terminal.line(
      `${judged.name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.partial} partial, ${counts.abstained} abstained${
        counts.expectedFailures > 0 ? `, ${counts.expectedFailures} expected failures` : ''
      }`,
    )
    if (options.junit !== undefined)
      terminal.save(
        options.junit,
        junitXml([{ name: `conform.${judged.name}`, about: 'scenarios judged by the specification', cases }]),
      )
    const exitCode = counts.failed > 0 ? 1 : counts.passed === 0 ? 3 : 0
    return { exitCode, json: { node: judged.name, strict: options.strict, ...counts, cases } }
  })
}

/** On which chain the scenarios are replayed; undefined: each on its own. */
function groundAsked({ chain, node }: ConformOptions): StoryGround | undefined {
  if (chain === undefined) return parseTarget('--node', node).stories
  if (chainLookup(chain) === undefined)
    throw new UsageError(`--chain ${chain}: there is no chain of this name`)
  return { chain }
}

function judgeCorpus(
  terminal: Terminal,
  corpus: readonly CorpusEntry[],
  { node, strict }: ConformOptions,
): { name: string; cases: CaseResult[] } {
  const reference = createEngine('spec')
  const bar = terminal.progress('conform', corpus.length)
  const named = parseTarget('--node', node)
  let target: ForeignEngine | undefined
  const cases: CaseResult[] = []
  let name = node
  try {
    for (const [index, entry] of corpus.entries()) {
      target ??= named.open()
      name = target.name
      bar.update(index, entry.id)
      const result = judgeOne(entry, target, reference, strict, node)
      cases.push(result)
      // A program that ended is restarted for the next scenario.
      if (result.status === 'fail' && !target.isAlive()) {
        target.close()
        target = undefined
      }
    }
  } finally {
    bar.stop()
    target?.close()
  }
  return { name, cases }
}

function judgeOne(
  entry: CorpusEntry,
  target: Engine,
  reference: Engine,
  strictness: Strictness,
  node: string,
): CaseResult {
  const start = performance.now()
  const result = judgeScenario(entry, target, { strictness, reference })
  const seconds = (performance.now() - start) / 1000
  const repro = `touchstone conform ${entry.path} --node '${node}' --strict ${strictness}`
  return result.status === 'fail' ? { ...result, seconds, repro } : { ...result, seconds }
}

function usable<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
