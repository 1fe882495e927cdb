import { once } from 'node:events'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { createEngine } from '../../adapters/index.ts'
import { compareScripts, judgeLines, openKernel } from '../../conformance/index.ts'
import { OUTPUT_FOLDER } from '../folders.ts'
import { freshSeed, integer } from '../options.ts'
import type { Streams, Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { type VerbContext, type VerbResult, verb } from '../verb.ts'

interface FuzzOptions {
  readonly scripts?: number
  readonly stdin?: boolean
  readonly engine: 'spec' | 'node' | 'both'
  readonly abort?: boolean
  readonly seed?: number
  readonly kernel?: string
}

/** `touchstone fuzz --scripts N [--kernel PYTHON]`, `touchstone fuzz --stdin` */
export function fuzzCommand(context: VerbContext): Command {
  const command = new Command('fuzz')
    .description('judge generated inputs, or those of another fuzzer, and compare the verdicts')
    .option('--scripts <n>', 'judge so many generated inputs under every set of script flags', integer(1))
    .option('--seed <n>', 'random seed (default: random, printed)', integer(0, 0x7fffffff))
    .option('--kernel <python>', "compare with Bitcoin Core's engine: a Python that has py-bitcoinkernel")
    .option('--stdin', 'answer each line of standard input with a verdict; see harness/conformance/README.md')
    .addOption(
      new Option('--engine <name>', 'with --stdin: who judges')
        .choices(['spec', 'node', 'both'])
        .default('both'),
    )
    .option('--abort', 'with --stdin: die of SIGABRT at the first difference, as fuzzers expect of a crash')
  return verb<FuzzOptions>(command, context, async (terminal, options) => {
    if ((options.scripts === undefined) === (options.stdin !== true))
      throw new UsageError('fuzz: expected either --scripts or --stdin')
    return options.stdin === true
      ? await judgeInput(terminal, context.streams, options)
      : compareGenerated(terminal, options)
  })
}

/** The engines that answer; in this order a difference names them. */
const ENGINES = { spec: ['spec'], node: ['node'], both: ['spec', 'node'] } as const

async function judgeInput(
  terminal: Terminal,
  { stdout }: Streams,
  { engine, abort }: FuzzOptions,
): Promise<VerbResult> {
  const tally = await judgeLines({
    engines: ENGINES[engine].map(createEngine),
    input: process.stdin,
    say: async (text) => {
      if (!stdout.write(text)) await once(stdout, 'drain')
    },
    onDifference: (line, answer) => {
      terminal.note(`${answer}: ${line}`)
      if (abort === true) process.abort()
    },
  })
  const { lines, differences, errors } = tally
  terminal.note(`${lines} lines, ${differences} differences, ${errors} errors`)
  return { exitCode: differences > 0 ? 1 : errors > 0 ? 2 : lines === 0 ? 3 : 0, json: tally }
}

function compareGenerated(terminal: Terminal, options: FuzzOptions): VerbResult {
  const { scripts = 0, seed = freshSeed() } = options
  const kernel = options.kernel === undefined ? undefined : openKernel(options.kernel)
  if (options.kernel !== undefined && kernel === undefined)
    throw new UsageError(`--kernel ${options.kernel}: expected a Python that has py-bitcoinkernel`)
  const bar = terminal.progress('inputs', scripts)
  const [specification, node] = [createEngine('spec'), createEngine('node')]
  const result = compareScripts({ specification, node, kernel, cases: scripts, seed }, bar.update)
  bar.stop()
  for (const [index, { engines, answers, flags, request }] of result.differences.entries()) {
    const file = join(OUTPUT_FOLDER, `script-${seed}-${index + 1}.json`)
    terminal.save(file, `${JSON.stringify(request, null, 2)}\n`)
    terminal.line(` FAIL  ${engines}: ${answers.join(', ')} under ${flags.join() || 'no flags'}; ${file}`)
  }
  const counts = Object.entries(result.names).sort(([, a], [, b]) => b - a)
  terminal.line(counts.map(([name, count]) => `${name} ${count}`).join(', '))
  const judges = `specification, node${kernel === undefined ? '' : `, ${kernel.name}`}`
  terminal.line(
    `${result.cases} inputs, ${result.verdicts} verdicts of each of ${judges}: ${result.differences.length} differences (seed ${seed})`,
  )
  return {
    exitCode: result.differences.length > 0 ? 1 : 0,
    json: { seed, kernel: kernel?.name, ...result },
  }
}
