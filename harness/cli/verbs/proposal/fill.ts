import { join } from 'node:path'
import { Command } from 'commander'
import { fillVectors, loadProposal } from '../../../proposals/index.ts'
import { integer } from '../../options.ts'
import { type VerbContext, verb } from '../../verb.ts'

interface FillOptions {
  readonly out: string
  readonly seed: number
  readonly draws: number
}

/** `touchstone proposal fill ID|FILE --out DIR` */
export function fillCommand(context: VerbContext): Command {
  const command = new Command('fill')
    .description(
      'write vectors of a draft: transactions with it in force and without, and blocks around its activation, each with one fault at most',
    )
    .argument('<proposal>', 'the id of a draft, such as bip347, or a file that exports an Upgrade')
    .requiredOption('--out <folder>', 'where the files go, whose names begin with the id')
    .option('--seed <n>', 'random seed', integer(0, 0x7fffffff), 1)
    .option('--draws <n>', 'how often the generator is asked', integer(0, 10_000), 20)
  return verb<FillOptions>(command, context, async (terminal, { out, seed, draws }, [place]) => {
    const draft = await loadProposal(place!)
    const { files, leftOut } = fillVectors(draft, seed, draws)
    for (const { name, text, vectors } of files) {
      terminal.save(join(out, name), text)
      terminal.line(`${vectors} vectors in ${join(out, name)}`)
    }
    for (const { name, why } of leftOut) terminal.line(`${name}: left out: ${why}`)
    const written = files.map(({ name, vectors }) => ({ file: join(out, name), vectors }))
    return { exitCode: files.length === 0 ? 3 : 0, json: { files: written, leftOut } }
  })
}
