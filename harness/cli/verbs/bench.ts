import { Command, Option } from 'commander'
import { parseTarget } from '../../adapters/index.ts'
import {
  type BenchKind,
  benchChainPath,
  blocksOf,
  type Contestant,
  forgeBenchChain,
  type Measure,
  measureBlocks,
  measureHeaders,
  measureReorganisation,
  ownContestant,
  PEER_NAMES,
  PeerError,
  peerContestant,
} from '../../bench/index.ts'
import { integer } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { type VerbContext, type VerbResult, verb } from '../verb.ts'

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
        .choices(['mixed', 'taproot', 'reorganisation', 'headers'])
        .default('mixed'),
    )
    .option(
      '--peer <kind:path>',
      `one of ${PEER_NAMES.map((name) => `${name}:PATH`).join(', ')}; may be repeated`,
      collect,
      [],
    )
    .option('--runs <n>', 'runs of each', integer(1, 1000), 3)
    .option('--workers <n>', 'threads that check scripts beside the main one', integer(0, 63), 1)
    .addOption(new Option('--measure', 'run once, in this process').hideHelp())
  return verb<BenchOptions>(command, context, async (terminal, options) => {
    try {
      return options.measure === true ? await measureOnce(terminal, options) : await bench(terminal, options)
    } catch (error) {
      throw error instanceof PeerError ? new UsageError(error.message) : error
    }
  })
}

async function bench(terminal: Terminal, options: BenchOptions): Promise<VerbResult> {
  const { chain, runs, workers } = options
  const all = contestants(options)
  if (chain !== 'headers') forge(terminal, chain)
  const standings = await compete(terminal, all, runs)
  printStandings(terminal, standings)
  return { exitCode: 0, json: { chain, runs, workers, standings } }
}

/** What the built-in node's process does: one run, one line. */
async function measureOnce(terminal: Terminal, { chain, workers }: BenchOptions): Promise<VerbResult> {
  if (chain !== 'headers') forge(terminal, chain)
  const measure = await measureChain(chain, workers)
  terminal.line(JSON.stringify(measure))
  return { exitCode: 0, json: measure }
}

function measureChain(chain: Subject, workers: number): Promise<Measure> {
  if (chain === 'headers') return measureHeaders()
  const file = benchChainPath(chain)
  return chain === 'reorganisation' ? measureReorganisation(file, workers) : measureBlocks(file, workers)
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function forge(terminal: Terminal, kind: BenchKind): void {
  const bar = terminal.progress(`forge ${kind}`, blocksOf(kind))
  try {
    forgeBenchChain(kind, (done) => bar.update(done))
  } finally {
    bar.stop()
  }
}

function contestants({ chain, peer, workers }: BenchOptions): readonly Contestant[] {
  const self = ['bench', '--measure', `--chain=${chain}`, `--workers=${workers}`]
  const own = ownContestant('touchstone', self)
  if (chain === 'headers') {
    if (peer.length > 0) throw new UsageError('--peer: peers connect blocks, not headers')
    return [own]
  }
  return [own, ...peer.map((text) => peerContestant(parseTarget('--peer', text), chain, workers))]
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

function printStandings(terminal: Terminal, standings: readonly Standing[]): void {
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
