import { availableParallelism } from 'node:os'
import { Command, Option } from 'commander'
import type { EngineName } from '../../adapters/index.ts'
import { runVectors, type VectorSetResult } from '../../conformance/index.ts'
import { integer, requirePaths } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { type VerbContext, type VerbResult, verb } from '../verb.ts'
import { vectorsFetchCommand } from './vectors-fetch.ts'

const FAILURES_SHOWN = 20

interface VectorsOptions {
  readonly engine: EngineName
  readonly jobs: number
}

/** `touchstone vectors FILE|DIR…` */
export function vectorsCommand(context: VerbContext): Command {
  const command = new Command('vectors')
    .addCommand(vectorsFetchCommand(context))
    .description('run public test vectors; each format is recognised by its content')
    .argument('<path...>', 'files, or folders of files')
    .addOption(new Option('--engine <name>', 'who is judged').choices(['spec', 'node']).default('node'))
    .option('--jobs <n>', 'worker threads', integer(1, 64), Math.min(2, availableParallelism()))
  return verb<VectorsOptions>(command, context, async (terminal, { engine, jobs }, paths) => {
    requirePaths(paths)
    const bar = terminal.progress('vectors', 1)
    const start = performance.now()
    const results = await runVectors(paths, {
      engine,
      jobs,
      onProgress: (done, total, name) => bar.update(done / Math.max(total, 1), name),
    }).finally(() => bar.stop())
    return tell(terminal, engine, results, (performance.now() - start) / 1000)
  })
}

function tell(
  terminal: Terminal,
  engine: EngineName,
  results: readonly VectorSetResult[],
  seconds: number,
): VerbResult {
  for (const result of results) {
    const { name, format, passed, failures, skipped, notApplicable } = result
    if (notApplicable !== undefined) {
      terminal.line(`  n/a  ${name} (${format}): not applicable to ${engine}, ${notApplicable}`)
      continue
    }
    terminal.line(
      `${failures.length === 0 ? '   ok' : ' FAIL'}  ${name} (${format}): ${passed} passed, ${failures.length} failed${
        skipped > 0 ? `, ${skipped} skipped` : ''
      }, ${result.seconds.toFixed(1)} s`,
    )
    for (const { id, message } of failures.slice(0, FAILURES_SHOWN))
      terminal.line(`         ${id}: ${message}`)
    if (failures.length > FAILURES_SHOWN)
      terminal.line(`         … and ${failures.length - FAILURES_SHOWN} more`)
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0)
  const failed = results.reduce((sum, result) => sum + result.failures.length, 0)
  const skipped = results.reduce((sum, result) => sum + result.skipped, 0)
  const left = results.filter((result) => result.notApplicable !== undefined).length
  terminal.line(`${seconds.toFixed(1)} s${left === 0 ? '' : `; ${left} files not applicable`}`)
  terminal.line(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  return {
    exitCode: failed > 0 ? 1 : passed === 0 ? 3 : 0,
    json: { engine, passed, failed, skipped, seconds, sets: results },
  }
}
