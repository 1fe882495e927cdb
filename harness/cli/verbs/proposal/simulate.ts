import Table from 'cli-table3'
import { Command, InvalidArgumentError } from 'commander'
import { loadProposal, simulateActivation } from '../../../proposals/index.ts'
import { integer } from '../../options.ts'
import { type VerbContext, verb } from '../../verb.ts'

interface SimulateOptions {
  readonly enforcing: readonly number[]
  readonly blind: number
  readonly violating: number
  readonly blocks: number
  readonly runs: number
  readonly seed: number
}

/** `touchstone proposal simulate ID|FILE` */
export function simulateCommand(context: VerbContext): Command {
  const command = new Command('simulate')
    .description(
      'play the weeks after an activation: how often the chain splits, how deep, and whether it heals',
    )
    .argument('<proposal>', 'the id of a draft, such as bip347, or a file that exports an Upgrade')
    .option(
      '--enforcing <shares>',
      'shares of the hash rate that enforce it, in percent',
      shares,
      [30, 60, 90],
    )
    .option('--blind <percent>', 'hash rate that builds on headers without judging blocks', share, 0)
    .option('--violating <percent>', 'how many blocks of the others break it', share, 1)
    .option('--blocks <n>', 'blocks after the activation', integer(1, 1_000_000), 2016)
    .option('--runs <n>', 'how often it is played', integer(1, 10_000_000), 10_000)
    .option('--seed <n>', 'random seed', integer(0, 0x7fffffff), 1)
  return verb<SimulateOptions>(command, context, async (terminal, options, [place]) => {
    const { id } = await loadProposal(place!)
    const { blocks, runs, seed } = options
    const [blind, violating] = [options.blind / 100, options.violating / 100]
    for (const percent of options.enforcing)
      if (percent + options.blind > 100)
        command.error(`error: --enforcing ${percent} and --blind ${options.blind} are more than the whole`)
    const cells = options.enforcing.map((percent) => {
      const activation = { enforcing: percent / 100, blind, violating, blocks }
      return { ...activation, ...simulateActivation(activation, runs, seed) }
    })
    const table = new Table({
      head: [
        'enforcing',
        'split',
        'of these lasting',
        'theory',
        'depth',
        '95 %',
        '6 conf. reversed',
        'stall',
      ],
      style: { head: [], border: [] },
    })
    for (const cell of cells)
      table.push([
        `${percentOf(cell.enforcing)}`,
        withInterval(cell.split),
        withInterval(cell.lasting),
        percentOf(cell.lastingExpected),
        cell.depth.mean.toFixed(1),
        String(cell.depth.p95),
        withInterval(cell.reversedAtSix),
        `${Math.round(cell.stallDays)} days`,
      ])
    terminal.line(
      `${id}, ${blocks} blocks after its activation, ${runs} runs (seed ${seed}); ${options.violating} % of the blocks of others break it`,
    )
    terminal.line(table.toString())
    terminal.line(
      'depth: blocks that nodes without it take back when a split heals; stall: time for a difficulty period of those who enforce it alone',
    )
    return { exitCode: 0, json: { id, blocks, runs, seed, cells } }
  })
}

const percentOf = (share: number) => `${(share * 100).toFixed(1)} %`

function withInterval({ value, low, high }: { value: number; low: number; high: number }): string {
  return `${(value * 100).toFixed(1)} % (${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)})`
}

function share(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 100))
    throw new InvalidArgumentError('Expected a number of percent from 0 to 100.')
  return value
}

function shares(text: string): readonly number[] {
  return text.split(',').map(share)
}
