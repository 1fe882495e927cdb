import { Command, Option } from 'commander'
import {
  type CostReport,
  findWorstBlocks,
  loadProposal,
  PRICES,
  readPrices,
  type WorstBlock,
} from '../../../proposals/index.ts'
import { integer } from '../../options.ts'
import { type VerbContext, verb } from '../../verb.ts'

interface CostOptions {
  readonly seed: number
  readonly prices?: string
}

/** `touchstone proposal cost ID|FILE` */
export function costCommand(context: VerbContext): Command {
  const command = new Command('cost')
    .description('search for the block that takes a node the longest, under today’s rules and with a draft')
    .argument('<proposal>', 'the id of a draft, such as bip347, or a file that exports an Upgrade')
    .option('--seed <n>', 'where chance starts', integer(0, 0x7fffffff), 1)
    .addOption(
      new Option('--prices <file>', 'what each operation costs, as `proposal prices` writes it').default(
        undefined,
        'those of the node that comes along',
      ),
    )
  return verb<CostOptions>(command, context, async (terminal, { seed, prices: file }, [place]) => {
    const draft = await loadProposal(place!)
    const prices = file === undefined ? PRICES : readPrices(file)
    const report = findWorstBlocks(draft, prices, seed)
    terminal.line(
      `${draft.id}: ${report.tried} ways to make a node work (seed ${seed}); nothing is known of others`,
    )
    for (const line of costLines(report)) terminal.line(line)
    terminal.line(`prices: ${prices.node}, ${prices.machine}, ${prices.measured}`)
    return { exitCode: 0, json: { id: draft.id, seed, ...report } }
  })
}

/** Both blocks, a line each. */
function costLines({ before, after }: CostReport): readonly string[] {
  return [`today      ${describeBlock(before)}`, `with it    ${describeBlock(after)}`]
}

function describeBlock({ seconds, work, found, times, inputs, transactions }: WorstBlock): string {
  const counts = `${short(work.signatures)} signatures, ${short(work.hashedBytes)} bytes hashed, ${short(work.stackBytes)} bytes stacked`
  return `${seconds.toFixed(1)} s: ${counts}; ${transactions} × ${inputs} inputs × ${times} × ${found}`
}

function short(count: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(count)
}
