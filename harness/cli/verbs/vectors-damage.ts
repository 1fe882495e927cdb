import { Command, Option } from 'commander'
import { createEngine, type EngineName } from '../../adapters/index.ts'
import { type DamageResult, damageFiles } from '../../conformance/index.ts'
import { integer, requirePaths } from '../options.ts'
import { type VerbContext, verb } from '../verb.ts'

interface DamageOptions {
  readonly engine: EngineName
  readonly places: number
  readonly seed: number
}

/** `touchstone vectors damage FILE|DIR…` */
export function vectorsDamageCommand(context: VerbContext): Command {
  const command = new Command('damage')
    .description('damage copies of vector files in ten ways and see that a run notices')
    .argument('<path...>', 'files, or folders of files')
    .addOption(new Option('--engine <name>', 'who runs them').choices(['spec', 'node']).default('node'))
    .option('--places <n>', 'how many places of each file to damage in each way', integer(1, 1000), 3)
    .option('--seed <n>', 'where', integer(0, 2 ** 32 - 1), 1)
  return verb<DamageOptions>(command, context, async (terminal, { engine, places, seed }, paths) => {
    requirePaths(paths)
    const bar = terminal.progress('damage', 1)
    const results = (() => {
      try {
        return damageFiles(paths, {
          engine: createEngine(engine),
          places,
          seed,
          onProgress: (done, total, file) => bar.update(done / total, file),
        })
      } finally {
        bar.stop()
      }
    })()
    for (const result of results) terminal.line(describe(result))
    const unexplained = results.filter(isUnexplained)
    const tried = results.reduce((sum, result) => sum + result.tried, 0)
    const noticed = results.reduce((sum, result) => sum + result.noticed, 0)
    terminal.line(
      `${tried} copies damaged, ${noticed} noticed, ${unexplained.length} kinds unnoticed without a reason`,
    )
    return {
      exitCode: unexplained.length > 0 ? 1 : results.length === 0 ? 3 : 0,
      json: { engine, seed, tried, noticed, unexplained: unexplained.length, results },
    }
  })
}

function isUnexplained({ noticed, tried, why }: DamageResult): boolean {
  return noticed < tried && why === undefined
}

function describe(result: DamageResult): string {
  const { file, format, damage, tried, noticed, message, why } = result
  const label = isUnexplained(result) ? ' FAIL' : noticed === tried ? '   ok' : '  why'
  const reason = why === undefined ? '' : `; ${why}`
  const first = message === undefined ? '' : `, first: ${message.slice(0, 100)}`
  return `${label}  ${damage} ${file} (${format}): ${noticed} of ${tried} noticed${first}${reason}`
}
