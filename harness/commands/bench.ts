import { Command, Option } from 'commander'
import {
  type BenchKind,
  benchChain,
  type Contestant,
  type Measure,
  measureBlocks,
  measureHeaders,
  ownContestant,
  PeerError,
  peerContestant,
} from '../bench/index.ts'
import { integer } from './options.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'
import { type VerbContext, verb } from './verb.ts'

type Subject = BenchKind | 'headers'

interface BenchOptions {
  readonly chain: Subject
  readonly peer: readonly string[]
  readonly runs: number
  readonly workers: number
  readonly measure?: boolean
}

interface Standing {
  readonly name: string
  readonly measures: readonly Measure[]
}

/** `touchstone bench` */
export function benchCommand(context: VerbContext): Command {
  const command = new Command('bench')
    .description('time the built-in node, and peers beside it, on one chain; run after run in turn')
    .addOption(
      new Option('--chain <name>', 'what is connected')
        .choices(['mixed', 'taproot', 'headers'])
        .default('mixed'),
    )
    .option('--peer <kind:path>', 'bcoin:FOLDER or bitcoind:PROGRAM; may be repeated', collect, [])
    .option('--runs <n>', 'runs of each', integer(1, 1000), 3)
    .option('--workers <n>', 'threads that check scripts beside the main one', integer(0, 63), 1)
    .addOption(new Option('--measure', 'run once, in this process').hideHelp())
  return verb<BenchOptions>(command, context, async (terminal, options) => {
    const file = options.chain === 'headers' ? '' : chainFile(terminal, options.chain)
    if (options.measure === true) {
      const measure = await (file === '' ? measureHeaders() : measureBlocks(file, options.workers))
      terminal.line(JSON.stringify(measure))
      return { exitCode: 0, json: measure }
    }
    const standings = await compete(terminal, contestants(options, file), options.runs)
    tellStandings(terminal, standings)
    const { chain, runs, workers } = options
    return { exitCode: 0, json: { chain, runs, workers, standings } }
  })
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function chainFile(terminal: Terminal, kind: BenchKind): string {
  const bar = terminal.progress(`forge ${kind}`, 1)
  try {
    return benchChain(kind, (done, total) => bar.update(done / total))
  } finally {
    bar.stop()
  }
}

function contestants({ chain, peer, workers }: BenchOptions, file: string): readonly Contestant[] {
  const own = ownContestant('touchstone', ['bench', '--measure', `--chain=${chain}`, `--workers=${workers}`])
  if (peer.length > 0 && file === '') throw new UsageError('--peer: peers connect blocks, not headers')
  try {
    return [own, ...peer.map((text) => peerContestant(text, file, workers))]
  } catch (error) {
    if (error instanceof PeerError) throw new UsageError(error.message)
    throw error
  }
}

/** Everyone in turn, round after round, so that a slow hour of the machine falls on all alike. */
async function compete(
  terminal: Terminal,
  all: readonly Contestant[],
  runs: number,
): Promise<readonly Standing[]> {
  const measures = all.map((): Measure[] => [])
  const bar = terminal.progress('bench', runs * all.length)
  try {
    for (let run = 0; run < runs; run++)
      for (const [index, contestant] of all.entries()) {
        bar.update(run * all.length + index, contestant.name)
        measures[index]!.push(await contestant.run())
      }
  } finally {
    bar.stop()
  }
  return all.map(({ name }, index) => ({ name, measures: measures[index]! }))
}

function tellStandings(terminal: Terminal, standings: readonly Standing[]): void {
  for (const { name, measures } of standings) {
    const rates = measures.map(rate)
    terminal.line(
      [
        `${name.padEnd(12)}${whole(median(rates)).padStart(9)}/s`,
        `(${whole(Math.min(...rates))} to ${whole(Math.max(...rates))})`,
        ...details(measures),
      ].join('  '),
    )
  }
  const [own, ...peers] = standings
  for (const { name, measures } of peers) {
    const ratios = measures.map((measure, run) => rate(own!.measures[run]!) / rate(measure))
    terminal.line(
      `touchstone ÷ ${name}: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}, median ${median(ratios).toFixed(2)}`,
    )
  }
}

function details(measures: readonly Measure[]): string[] {
  const medianOf = (key: 'residentBytes' | 'longestStepMs' | 'flushMs') =>
    median(measures.map((measure) => measure[key] ?? Number.NaN))
  const resident = medianOf('residentBytes')
  const step = medianOf('longestStepMs')
  const flush = medianOf('flushMs')
  return [
    ...(Number.isNaN(resident) ? [] : [`${whole(resident / 2 ** 20)} MiB resident`]),
    ...(Number.isNaN(step) ? [] : [`longest step ${step.toFixed(1)} ms`]),
    ...(Number.isNaN(flush) ? [] : [`flush ${flush.toFixed(1)} ms`]),
    ...(measures[0]?.note === undefined ? [] : [measures[0].note]),
  ]
}

function rate({ items, seconds }: Measure): number {
  return items / seconds
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
