import { existsSync } from 'node:fs'
import { Command, Option } from 'commander'
import { PROPOSALS } from '../../../../spec/index.ts'
import { loadProposal, sourceOf, type TriedMutant, tryMutants } from '../../../proposals/index.ts'
import { ROOT_FOLDER } from '../../folders.ts'
import { integer } from '../../options.ts'
import { type VerbContext, verb } from '../../verb.ts'

interface MutantOptions {
  readonly seed: number
  readonly draws: number
  readonly vectors: readonly string[]
}

const NOTICERS = ['examples', 'check', 'public vectors'] as const

/** `touchstone proposal mutants ID|FILE` */
export function mutantsCommand(context: VerbContext): Command {
  const command = new Command('mutants')
    .description('plant faults in a draft, and see whether its examples, check or public vectors notice')
    .argument('<proposal>', 'the id of a draft, such as bip347, or a file that exports an Upgrade')
    .option('--seed <n>', 'random seed', integer(0, 0x7fffffff), 1)
    .option('--draws <n>', 'draws of the generator beside the examples', integer(0), 100)
    .addOption(
      new Option('--vectors <path...>', 'public vectors to ask as well: files or folders').default(
        [],
        'none',
      ),
    )
  return verb<MutantOptions>(command, context, async (terminal, options, [place]) => {
    const draft = await loadProposal(place!)
    const isOurs = PROPOSALS.includes(draft)
    const path = isOurs ? sourceOf(ROOT_FOLDER, draft.id) : place!
    const results: TriedMutant[] = []
    for await (const tried of tryMutants(draft, { ...options, path: existsSync(path) ? path : undefined }))
      results.push(tried)
    const survivors = results.filter(({ noticedBy }) => noticedBy === undefined)
    const counted = NOTICERS.map((noticer) => {
      const count = results.filter(({ noticedBy }) => noticedBy === noticer).length
      return `${count} noticed by ${noticer}`
    })
    terminal.line(
      `${draft.id}: ${results.length} faults planted, ${counted.join(', ')}, ${survivors.length} by nobody`,
    )
    for (const { name } of survivors) terminal.line(`  nobody notices: ${name}`)
    return {
      exitCode: results.length === 0 ? 3 : survivors.length > 0 ? 1 : 0,
      json: { id: draft.id, results },
    }
  })
}
