import { Command } from 'commander'
import { chainLookup, createNodeFactory, createSpecOracle } from '../../adapters/index.ts'
import { compileScenario, readScenarioFile, shrinkScenario, sourceOf } from '../../scenario/index.ts'
import { signatureOf, simulate } from '../../simulation/index.ts'
import { integer } from '../options.ts'
import { UsageError } from '../usage-error.ts'
import { type VerbContext, verb } from '../verb.ts'

interface ShrinkOptions {
  readonly out?: string
  readonly attempts: number
}

/** `touchstone shrink FILE` */
export function shrinkCommand(context: VerbContext): Command {
  const command = new Command('shrink')
    .description('make a failing scenario as small as it gets while it fails in the same way')
    .argument('<file>', 'a scenario that fails on the built-in node')
    .option('--out <file>', 'where the small one goes; default: FILE with .min.json')
    .option('--attempts <n>', 'scenarios to try at most', integer(1), 2000)
  return verb<ShrinkOptions>(command, context, async (terminal, { out, attempts }, [file]) => {
    const createNode = createNodeFactory()
    const oracle = createSpecOracle()
    const before = readScenarioFile(file!, chainLookup).scenario
    const bar = terminal.progress('shrink', attempts)
    let tried = 0
    const shrunk = shrinkScenario(
      before,
      (candidate) => {
        bar.update(++tried, `${candidate.steps.length} steps`)
        return signatureOf(simulate(compileScenario(candidate, chainLookup), createNode, { oracle }))
      },
      attempts,
    )
    bar.stop()
    if (shrunk === undefined)
      throw new UsageError(`${file}: expected a scenario that fails on the built-in node, and it passes`)
    const target = out ?? `${file!.replace(/\.json$/, '')}.min.json`
    terminal.save(target, `${JSON.stringify(sourceOf(shrunk.scenario), null, 2)}\n`)
    terminal.line(`${shrunk.signature}`)
    terminal.line(
      `${before.steps.length} steps made ${shrunk.scenario.steps.length} in ${shrunk.attempts} runs`,
    )
    terminal.line(target)
    const json = {
      file: target,
      signature: shrunk.signature,
      stepsBefore: before.steps.length,
      stepsAfter: shrunk.scenario.steps.length,
      attempts: shrunk.attempts,
    }
    return { exitCode: 0, json }
  })
}
