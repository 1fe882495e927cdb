import { join } from 'node:path'
import { Command } from 'commander'
import { junitXml, runToNdjson, tally } from '../../../reports/index.ts'
import { chainLookup, TARGET_HELP } from '../../adapters/index.ts'
import { readCorpus } from '../../scenario/index.ts'
import type { Played } from '../../simulation/index.ts'
import { outputFileOf, ROOT_FOLDER, SCENARIOS_FOLDER } from '../folders.ts'
import { requirePaths } from '../options.ts'
import { printCase } from '../print-case.ts'
import { openPlayer } from '../target.ts'
import type { Terminal } from '../terminal.ts'
import { type ExitCode, type VerbContext, verb } from '../verb.ts'
import { hashesElsewhere, printFirstDifference } from './twice.ts'

interface ReplayOptions {
  readonly node: string
  readonly twice?: boolean
  readonly junit?: string
  readonly trace?: string
}

/** `touchstone replay FILE|DIR…` */
export function replayCommand(context: VerbContext): Command {
  const command = new Command('replay')
    .description('replay scenarios; each expectation and, on whole nodes, every verdict and state is judged')
    .argument('[path...]', 'scenario files or folders; default: the whole corpus')
    .option('--node <target>', TARGET_HELP, 'builtin')
    .option('--twice', 'play everything in a second process too: the hashes of all events must be equal')
    .option('--junit <file>', 'write JUnit XML')
    .option('--trace <file>', 'write every event of a single scenario, one a line')
  return verb<ReplayOptions>(command, context, async (terminal, options, args) => {
    const paths = args.length > 0 ? args : [SCENARIOS_FOLDER]
    requirePaths(paths)
    const played = playCorpus(terminal, paths, options)
    const different = options.twice === true ? await compareProcesses(terminal, paths, options, played) : []
    const cases = played.map(({ result }) => result)
    const counts = tally(cases)
    terminal.line(
      `${counts.passed} passed, ${counts.failed} failed, ${counts.partial} partial, ${counts.abstained} not applicable${
        options.twice === true
          ? `; ${different.length === 0 ? 'hashes equal' : `${different.length} hashes differ`} in two processes`
          : ''
      }`,
    )
    if (options.junit !== undefined)
      terminal.save(options.junit, junitXml([{ name: `replay.${options.node}`, about: 'scenarios', cases }]))
    return {
      exitCode: exitCodeOf(counts.failed + different.length, counts.passed),
      json: {
        node: options.node,
        ...counts,
        different,
        cases: played.map(({ result, eventHash }) => ({ ...result, eventHash })),
      },
    }
  })
}

function playCorpus(terminal: Terminal, paths: readonly string[], options: ReplayOptions): Played[] {
  const corpus = readCorpus(paths, chainLookup)
  const { play, close } = openPlayer(options.node)
  const bar = terminal.progress('replay', corpus.length)
  try {
    const all = corpus.map((entry, index) => {
      bar.update(index, entry.id)
      const played = play(entry, options.trace !== undefined)
      if (options.trace !== undefined && played.trace !== undefined)
        terminal.save(options.trace, `${played.trace.join('\n')}\n`)
      return played
    })
    bar.stop()
    for (const one of all) printPlayed(terminal, one)
    return all
  } finally {
    bar.stop()
    close()
  }
}

function printPlayed(terminal: Terminal, { result, records }: Played): void {
  printCase(terminal, result)
  if (result.status !== 'fail' || records.length === 0) return
  const file = outputFileOf('', result.id, 'ndjson')
  if (terminal.save(file, runToNdjson(records)))
    terminal.line(`         record   ${file} (touchstone report shows it)`)
}

/** Ids of scenarios whose events were not the same in a second process. */
async function compareProcesses(
  terminal: Terminal,
  paths: readonly string[],
  { node }: ReplayOptions,
  played: readonly Played[],
): Promise<string[]> {
  const executable = join(ROOT_FOLDER, 'harness/bin/touchstone')
  const theirs = await hashesElsewhere(executable, paths, node)
  const different = played.filter(({ result, eventHash }) => theirs.get(result.id) !== eventHash)
  for (const { result } of different) {
    terminal.line(` FAIL  ${result.id}: another process played other events`)
    await printFirstDifference(terminal, executable, paths, node, result.id)
  }
  return different.map(({ result }) => result.id)
}

function exitCodeOf(failed: number, passed: number): ExitCode {
  if (failed > 0) return 1
  return passed === 0 ? 3 : 0
}
