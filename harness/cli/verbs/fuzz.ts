import { join } from 'node:path'
import { Command } from 'commander'
import { createEngine } from '../../adapters/index.ts'
import { compareScripts, openKernel } from '../../conformance/index.ts'
import { OUTPUT_FOLDER } from '../folders.ts'
import { freshSeed, integer } from '../options.ts'
import { UsageError } from '../usage-error.ts'
import { type VerbContext, verb } from '../verb.ts'

interface FuzzOptions {
  readonly scripts: number
  readonly seed?: number
  readonly kernel?: string
}

/** `touchstone fuzz --scripts N [--kernel PYTHON]` */
export function fuzzCommand(context: VerbContext): Command {
  const command = new Command('fuzz')
    .description('judge generated inputs under every set of script flags, and compare the verdicts')
    .requiredOption('--scripts <n>', 'how many inputs', integer(1))
    .option('--seed <n>', 'random seed (default: random, printed)', integer(0, 0x7fffffff))
    .option('--kernel <python>', "compare with Bitcoin Core's engine: a Python that has py-bitcoinkernel")
  return verb<FuzzOptions>(command, context, async (terminal, options) => {
    const { scripts, seed = freshSeed() } = options
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
  })
}
