import { join } from 'node:path'
import { Command } from 'commander'
import { chainLookup } from '../../adapters/index.ts'
import { promoteScenario } from '../../scenario/index.ts'
import { SCENARIOS_FOLDER } from '../folders.ts'
import { type VerbContext, verb } from '../verb.ts'

/** `touchstone promote FILE` */
export function promoteCommand(context: VerbContext): Command {
  const command = new Command('promote')
    .description('move a scenario into the corpus, under scenarios/regressions/')
    .argument('<file>', 'a scenario')
  return verb(command, context, async (terminal, _options, [file]) => {
    const target = promoteScenario(file!, join(SCENARIOS_FOLDER, 'regressions'), chainLookup)
    terminal.line(target)
    return { exitCode: 0, json: { file: target } }
  })
}
