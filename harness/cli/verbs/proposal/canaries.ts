import Table from 'cli-table3'
import { Command } from 'commander'
import { CANARIES, type CanaryResult, sendCanaries } from '../../../proposals/index.ts'
import { integer } from '../../options.ts'
import { type VerbContext, verb } from '../../verb.ts'
import { describe } from './check.ts'

interface CanaryOptions {
  readonly seed: number
  readonly spends: number
  readonly deliveries: number
  readonly words: number
}

/** `touchstone proposal canaries` */
export function canariesCommand(context: VerbContext): Command {
  const command = new Command('canaries')
    .description('try the search on changes of which the kind is known: deployed soft forks and hard forks')
    .option('--seed <n>', 'random seed', integer(0, 0x7fffffff), 1)
    .option('--spends <n>', 'spends to try by themselves', integer(1), 500)
    .option('--deliveries <n>', 'generated blocks and transactions to try', integer(1), 500)
    .option('--words <n>', 'words of the longest script of which all are tried', integer(1, 5), 2)
  return verb<CanaryOptions>(command, context, async (terminal, bounds) => {
    const bar = terminal.progress('canaries', CANARIES.length)
    const results: CanaryResult[] = []
    for (const result of sendCanaries(bounds)) {
      results.push(result)
      bar.update(results.length, result.name)
    }
    bar.stop()
    const table = new Table({ head: ['change', 'known', 'found'], style: { head: [], border: [] } })
    table.push(
      ...results.map(({ name, isHardFork, witness, search, isRight }) => {
        const { tiny, spends, deliveries } = search.tried
        const { forbidden } = search
        const none = `no counterexample in ${tiny + spends} spends, ${deliveries} deliveries; ${forbidden.spends} and ${forbidden.blocks} are forbidden`
        return [
          name,
          isHardFork ? 'hard fork' : 'soft fork',
          `${isRight ? '' : 'WRONG: '}${witness === undefined ? none : shorten(describe(witness))}`,
        ]
      }),
    )
    terminal.line(table.toString())
    const [hard, soft] = [true, false].map((kind) => results.filter(({ isHardFork }) => isHardFork === kind))
    terminal.line(`hard forks caught: ${hard!.filter(({ isRight }) => isRight).length} of ${hard!.length}`)
    terminal.line(`false alarms: ${soft!.filter(({ isRight }) => !isRight).length} of ${soft!.length}`)
    return { exitCode: results.every(({ isRight }) => isRight) ? 0 : 1, json: { bounds, results } }
  })
}

const SHOWN = 150

function shorten(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`
}
