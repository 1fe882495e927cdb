import Table from 'cli-table3'
import { Command, InvalidArgumentError, Option } from 'commander'
import { plotSvg } from '../../../../reports/index.ts'
import {
  type ActivationResult,
  activationPlot,
  DEPLOYMENT_KINDS,
  exposureOf,
  loadProposal,
  type Proportion,
  type Spread,
  simulateActivation,
} from '../../../proposals/index.ts'
import { integer } from '../../options.ts'
import type { Terminal } from '../../terminal.ts'
import { UsageError } from '../../usage-error.ts'
import { type VerbContext, type VerbResult, verb } from '../../verb.ts'
import { PRESET_NAMES, printPreset } from './preset.ts'

interface SimulateOptions {
  readonly kind?: string
  readonly enforcing: readonly number[]
  readonly upgraded: number
  readonly blind: number
  readonly signalling?: number
  readonly opposing: number
  readonly violating?: number
  readonly partition?: { readonly share: number; readonly hours: number }
  readonly scan: readonly string[]
  readonly blocks: number
  readonly runs: number
  readonly seed: number
  readonly plot?: string
  readonly preset?: string
}

const KIND_NAMES = DEPLOYMENT_KINDS.map(({ name }) => name)
const BLOCKS_AN_HOUR = 6

/** `touchstone proposal simulate ID|FILE` */
export function simulateCommand(context: VerbContext): Command {
  const command = new Command('simulate')
    .description(
      'play an activation: how often the chain splits, how deep, whether it heals, and who is misled',
    )
    .argument('[proposal]', 'the id of a draft, such as bip347, or a file that exports an Upgrade')
    .addOption(
      new Option('--kind <kind>', 'how it comes into force')
        .choices([...KIND_NAMES, 'all'])
        .default(undefined, "the draft's own, or flag-day"),
    )
    .option(
      '--enforcing <shares>',
      'shares of the hash rate that enforce it, in percent',
      shares,
      [30, 60, 90],
    )
    .option('--upgraded <percent>', 'full nodes that enforce it', share, 50)
    .option('--blind <percent>', 'hash rate that builds on headers without judging blocks', share, 0)
    .addOption(
      new Option('--signalling <percent>', 'hash rate that signals')
        .argParser(share)
        .default(undefined, 'who enforces, and who is blind'),
    )
    .option('--opposing <percent>', 'hash rate that would abandon a heretical deployment', share, 0)
    .addOption(
      new Option('--violating <percent>', 'how many blocks of the others break it')
        .argParser(share)
        .default(undefined, 'what the draft makes of blocks of today'),
    )
    .option(
      '--partition <percent:hours>',
      'a share of everybody that hears nothing of the rest for so long',
      partition,
    )
    .addOption(
      new Option('--scan <path...>', 'real blocks in which to count how often it is broken').default(
        [],
        'none',
      ),
    )
    .option('--blocks <n>', 'blocks after the activation', integer(1, 1_000_000), 2016)
    .option('--runs <n>', 'how often it is played', integer(1, 10_000_000), 2000)
    .option('--seed <n>', 'random seed', integer(0, 0x7fffffff), 1)
    .option('--plot <file>', 'where a plot goes, as SVG')
    .addOption(
      new Option('--preset <name>', 'play a split that happened, beside its published figures').choices(
        PRESET_NAMES,
      ),
    )
  return verb<SimulateOptions>(command, context, async (terminal, options, [place]) => {
    if (options.preset !== undefined) return printPreset(terminal, options.preset, options.runs, options.seed)
    if (place === undefined) throw new UsageError('expected a proposal, or --preset')
    return simulateDraft(terminal, options, place)
  })
}

async function simulateDraft(
  terminal: Terminal,
  options: SimulateOptions,
  place: string,
): Promise<VerbResult> {
  const draft = await loadProposal(place)
  const { blocks, runs, seed, blind, upgraded, opposing } = options
  for (const percent of options.enforcing)
    if (percent + blind > 100)
      throw new UsageError(`--enforcing ${percent} and --blind ${blind} are more than the whole`)
  const exposure = exposureOf(draft, options.scan)
  const own =
    typeof draft.deployment === 'object' && draft.deployment.kind === 'expiring' ? 'expiring' : 'flag-day'
  const name = options.kind ?? own
  const kinds = DEPLOYMENT_KINDS.filter((kind) => name === 'all' || kind.name === name)
  const bar = terminal.progress('activation', kinds.length * options.enforcing.length)
  const cells = kinds.flatMap((kind) =>
    options.enforcing.map((percent, index) => {
      bar.update(kinds.indexOf(kind) * options.enforcing.length + index, `${kind.name}, ${percent} %`)
      const activation = {
        kind,
        enforcing: percent / 100,
        blind: blind / 100,
        upgraded: upgraded / 100,
        opposing: opposing / 100,
        violating: options.violating === undefined ? exposure.violating : options.violating / 100,
        blocks,
        isUnreadable: exposure.isUnreadable,
        ...(options.signalling !== undefined && { signalling: options.signalling / 100 }),
        ...(options.partition !== undefined && {
          partition: {
            share: options.partition.share / 100,
            blocks: Math.round(options.partition.hours * BLOCKS_AN_HOUR),
          },
        }),
      }
      return {
        ...activation,
        kind: kind.name,
        ...simulateActivation(activation, runs, seed),
      }
    }),
  )
  bar.stop()
  const violating = percentOf(cells[0]!.violating)
  terminal.line(`${draft.id}, ${blocks} blocks after its activation, ${runs} runs (seed ${seed})`)
  terminal.line(
    options.violating === undefined
      ? `${violating} of the blocks of others break it: ${exposure.because}`
      : `${violating} of the blocks of others break it`,
  )
  for (const kind of kinds) {
    terminal.line(`${kind.name}: ${kind.text}`)
    terminal.line(tableOf(cells.filter((cell) => cell.kind === kind.name)))
  }
  if (options.plot !== undefined) {
    const title = `${draft.id}: does the chain split?`
    terminal.save(options.plot, plotSvg(activationPlot(title, cells)))
    terminal.line(options.plot)
  }
  return { exitCode: 0, json: { id: draft.id, blocks, runs, seed, exposure, cells } }
}

type Cell = ActivationResult & { readonly kind: string; readonly enforcing: number }

/** A table for each kind of deployment: a row for each question, a column for each share. */
function tableOf(cells: readonly Cell[]): string {
  const [{ kind }] = cells as [Cell]
  const table = new Table({
    head: [kind, ...cells.map(({ enforcing }) => `${percentOf(enforcing)} enforce it`)],
    style: { head: [], border: [], compact: true },
  })
  for (const [question, answer] of QUESTIONS) table.push([question, ...cells.map(answer)])
  return table.toString()
}

const ofSplits = (answer: (cell: Cell) => string) => (cell: Cell) =>
  cell.split.value === 0 ? '' : answer(cell)
const reversedAt = (confirmations: number) =>
  ofSplits(({ reversed }) =>
    withInterval(reversed.find((entry) => entry.confirmations === confirmations)!.share),
  )

const QUESTIONS: readonly (readonly [string, (cell: Cell) => string])[] = [
  ['in force, or must signal', ({ activated }) => withInterval(activated)],
  ['the chain splits', ({ split }) => withInterval(split)],
  ['of the splits: last', ofSplits(({ lasting }) => withInterval(lasting))],
  ['  theory', ofSplits(({ lastingExpected }) => percentOf(lastingExpected))],
  ['blocks taken back in others', ofSplits(({ depth }) => withRange(depth))],
  ['hours until others are over', ofSplits(({ hoursToReconverge }) => withRange(hoursToReconverge))],
  ['blocks orphaned', ({ orphaned }) => withRange(orphaned)],
  ['of the splits: reverse 1 conf.', reversedAt(1)],
  ['of the splits: reverse 6 conf.', reversedAt(6)],
  ['enforcing nodes reverse 6 conf.', ({ enforcingReversedAtSix }) => withInterval(enforcingReversedAtSix)],
  ['of the time: light nodes misled', ({ lightMisled: { mean } }) => percentOf(mean)],
  ['  confirmations they saw, to 200', ofSplits(({ lightConfirmations }) => withRange(lightConfirmations))],
  ['of the time: full nodes misled', ({ fullNodesMisled }) => percentOf(fullNodesMisled)],
  ['full nodes left behind', ({ fullNodesLeftBehind }) => percentOf(fullNodesLeftBehind)],
  ['difficulty period alone', ({ stallDays }) => `${Math.round(stallDays)} days`],
]

function withRange({ mean, low, high, p95 }: Spread): string {
  return `${mean.toFixed(1)} (${Math.max(low, 0).toFixed(1)}–${high.toFixed(1)}), 95 %: ${p95.toFixed(1)}`
}

const percentOf = (share: number) => `${(share * 100).toFixed(1)} %`

function withInterval({ value, low, high }: Proportion): string {
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

function partition(text: string): { share: number; hours: number } {
  const [percent = '', hours = '', ...others] = text.split(':')
  if (others.length > 0 || !(Number(hours) > 0))
    throw new InvalidArgumentError('Expected a share in percent and hours, 40:12.')
  return { share: share(percent), hours: Number(hours) }
}
