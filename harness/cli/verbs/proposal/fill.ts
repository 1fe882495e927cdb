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
    .description('write vectors of a draft: each with the draft in force and without, with one fault at most')
    .argument('<proposal>', 'the id of a draft, such as bip347, or a file that exports an Upgrade')
    .requiredOption('--out <folder>', 'where ID.json goes')
    .option('--seed <n>', 'random seed', integer(0, 0x7fffffff), 1)
    .option('--draws <n>', 'how often the generator is asked', integer(0, 10_000), 20)
  return verb<FillOptions>(command, context, async (terminal, { out, seed, draws }, [place]) => {
    const draft = await loadProposal(place!)
    const filled = fillVectors(draft, seed, draws)
    const file = join(out, `${draft.id}.json`)
    const comment = `${draft.id} (${draft.sources.join(', ')}): each vector gives the spent outputs, the transaction, and whether a block may contain it while the draft is in force (active) or is not, in blocks above height 100. Seed ${seed}, ${draws} draws.`
    terminal.save(file, `${JSON.stringify({ comment, vectors: filled.vectors }, null, 1)}\n`)
    terminal.line(`${filled.vectors.length} vectors in ${file}`)
    if (filled.leftOut > 0)
      terminal.line(
        `${filled.leftOut} examples are about headers or blocks, for which this format has no place`,
      )
    for (const { name, fault } of filled.secondFaults)
      terminal.line(`${name}: left out, today's rules reject it already: ${fault}`)
    return {
      exitCode: filled.vectors.length === 0 ? 3 : 0,
      json: {
        file,
        vectors: filled.vectors.length,
        leftOut: filled.leftOut,
        secondFaults: filled.secondFaults,
      },
    }
  })
}
