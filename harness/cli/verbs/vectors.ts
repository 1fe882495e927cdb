import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Command, InvalidArgumentError, Option } from 'commander'
import { chainLookup, type EngineName } from '../../adapters/index.ts'
import { runVectors, statusOf, type VectorSetResult } from '../../conformance/index.ts'
import { type FileError, parseJson, readText } from '../../files/index.ts'
import { type ChainReference, chainFileSchema } from '../../ports/index.ts'
import { integer, requirePaths } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { type VerbContext, type VerbResult, verb } from '../verb.ts'
import { vectorsDamageCommand } from './vectors-damage.ts'
import { vectorsFetchCommand } from './vectors-fetch.ts'

const FAILURES_SHOWN = 20

interface VectorsOptions {
  readonly engine: EngineName
  readonly jobs: number
  readonly chain?: ChainReference
  readonly keepGoing?: boolean
}

/** `touchstone vectors FILE|DIR…` */
export function vectorsCommand(context: VerbContext): Command {
  const command = new Command('vectors')
    .addCommand(vectorsFetchCommand(context))
    .addCommand(vectorsDamageCommand(context))
    .description('run public test vectors; each format is recognised by its content')
    .argument('<path...>', 'files, or folders of files')
    .addOption(new Option('--engine <name>', 'who is judged').choices(['spec', 'node']).default('node'))
    .option('--chain <name|file>', 'the chain of blocks that do not name it themselves', chainNamed)
    .option('--keep-going', 'count files that cannot be read, and go on')
    .option('--jobs <n>', 'worker threads', integer(1, 64), Math.min(2, availableParallelism()))
  return verb<VectorsOptions>(
    command,
    context,
    async (terminal, { engine, jobs, chain, keepGoing }, paths) => {
      requirePaths(paths)
      const bar = terminal.progress('vectors', 1)
      const start = performance.now()
      const unreadable: string[] = []
      const results = await runVectors(paths, {
        engine,
        jobs,
        ...(chain !== undefined && { chain }),
        ...(keepGoing === true && { onUnreadable: (message) => unreadable.push(message) }),
        onProgress: (done, total, name) => bar.update(done / Math.max(total, 1), name),
      }).finally(() => bar.stop())
      for (const message of unreadable) terminal.line(`  bad  ${message}`)
      return printVectors(terminal, engine, results, unreadable.length, (performance.now() - start) / 1000)
    },
  )
}

function printVectors(
  terminal: Terminal,
  engine: EngineName,
  results: readonly VectorSetResult[],
  unreadable: number,
  seconds: number,
): VerbResult {
  for (const result of results) for (const line of describe(result, engine)) terminal.line(line)
  const sum = (count: (result: VectorSetResult) => number) =>
    results.reduce((total, result) => total + count(result), 0)
  const passed = sum((result) => result.passed)
  const failed = sum(({ failures }) => failures.length)
  const skipped = sum((result) => result.skipped)
  const left = results.filter(({ notApplicable }) => notApplicable !== undefined).length
  terminal.line(`${seconds.toFixed(1)} s${left === 0 ? '' : `; ${left} files not applicable`}`)
  terminal.line(
    `${passed} passed, ${failed} failed, ${skipped} skipped${unreadable === 0 ? '' : `, ${unreadable} files cannot be read`}`,
  )
  return {
    exitCode: failed > 0 ? 1 : unreadable > 0 ? 2 : passed === 0 ? 3 : 0,
    json: { engine, passed, failed, skipped, unreadable, seconds, sets: results },
  }
}

const LABELS = { 'not applicable': '  n/a', fail: ' FAIL', skipped: ' skip', pass: '   ok' }

function describe(result: VectorSetResult, engine: EngineName): string[] {
  const { name, format, passed, failures, skipped, skips, rows, comments, notes, notApplicable } = result
  const head = `${LABELS[statusOf(result)]}  ${name} (${format})`
  if (notApplicable !== undefined) return [`${head}: not applicable to ${engine}, ${notApplicable}`]
  const counts = [`${passed} passed`, `${failures.length} failed`]
  if (skipped > 0) counts.push(`${skipped} skipped`)
  if (comments > 0) counts.push(`${rows} rows with ${comments} comments`)
  const hidden = failures.length - FAILURES_SHOWN
  return [
    `${head}: ${counts.join(', ')}, ${result.seconds.toFixed(1)} s`,
    ...notes.map((note) => `         ${note}`),
    ...Object.entries(skips).map(([why, count]) => `         ${count} skipped: ${why}`),
    ...failures.slice(0, FAILURES_SHOWN).map(({ id, message }) => `         ${id}: ${message}`),
    ...(hidden > 0 ? [`         … and ${hidden} more`] : []),
  ]
}

/** A built-in chain's name, or a chain file. */
function chainNamed(text: string): ChainReference {
  if (chainLookup(text) !== undefined) return text
  if (!existsSync(text)) throw new InvalidArgumentError(`neither a built-in chain nor a file: ${text}`)
  let json: unknown
  try {
    json = parseJson(text, readText(text))
  } catch (error) {
    throw new InvalidArgumentError((error as FileError).message)
  }
  const parsed = chainFileSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new InvalidArgumentError(`${text}: ${issue!.path.join('.')}: ${issue!.message}`)
}
