import { Command, InvalidArgumentError } from 'commander'
import type { Module } from '../../../../spec/index.ts'
import { type Checked, catalogue, check, ModelFault, onlyProperty } from '../../../checker/index.ts'
import { freshSeed, integer } from '../../options.ts'
import type { Terminal } from '../../terminal.ts'
import { UsageError } from '../../usage-error.ts'
import { type VerbContext, type VerbResult, verb } from '../../verb.ts'
import { chooseModel } from './choose-model.ts'
import { compareClassics } from './classics.ts'
import { checkedJson, printChecked, printConstants, verdictOf } from './print-checked.ts'
import { requireReplayable, saveViolation } from './save.ts'
import { checkSweep } from './sweep.ts'
import { writeTests } from './tests.ts'
import { checkTrace } from './trace.ts'
import { checkByWalks } from './walk.ts'

interface CheckOptions {
  readonly preset?: string
  readonly set: readonly string[]
  readonly list?: boolean
  readonly classics?: boolean
  readonly distinctMax: number
  readonly deadlock: boolean
  /** Bytes. */
  readonly memory: number
  readonly itf?: string
  readonly scenario?: string
  readonly trace?: string
  readonly property?: string
  readonly walk?: number
  readonly length: number
  readonly seed?: number
  readonly symmetry?: boolean
  readonly sweep?: string
  readonly tests?: string
  readonly testsMax: number
}

const GIB = 2 ** 30

/** `touchstone check MODEL` */
export function checkCommand(context: VerbContext): Command {
  const command = new Command('check')
    .description('explore every state of a model; print the shortest way to what is wrong')
    .argument('[model]', 'a name of --list, or a JavaScript file whose default export is a model')
    .option('--list', 'list the models and their presets')
    .option('--classics', 'compare the public models with what is published of them')
    .option(
      '--distinct-max <n>',
      'of --classics, only runs with at most so many states',
      integer(1),
      1_000_000,
    )
    .option('--preset <name>', 'constants by name, such as tiny, small or large')
    .option('--set <constant=value>', 'another constant, in JSON; may be repeated', collect, [])
    .option('--property <name>', 'judge only this invariant or property')
    .option('--symmetry', 'let one state stand for all that differ only in the names of processes')
    .option('--walk <n>', 'walk at random so many times instead of exploring every state', integer(1))
    .option('--length <n>', 'of --walk, states of a walk at most', integer(2), 100)
    .option('--seed <n>', 'of --walk, the seed; default: a new one', integer(0, 0x7fffffff))
    .option('--no-deadlock', 'allow states without a step')
    .option(
      '--memory <size>',
      'memory for states, such as 500M or 4G; what does not fit is inconclusive',
      bytes,
      4 * GIB,
    )
    .option('--sweep <constant=values>', 'explore with each of these values, in JSON, and say how it grows')
    .option('--tests <folder>', 'write scenarios that take every step of the graph, for nodes to replay')
    .option('--tests-max <n>', 'of --tests, scenarios at most', integer(1), 1000)
    .option('--trace <file>', 'say whether what was observed is a behaviour of the model')
    .option('--itf <file>', 'write the counterexample in the Informal Trace Format')
    .option('--scenario <file>', 'write the counterexample as a scenario that nodes replay')
  return verb<CheckOptions>(command, context, async (terminal, options, [name]) => {
    if (options.list === true) return listModels(terminal)
    if (options.classics === true) return compareClassics(terminal, options.distinctMax)
    const model = await chooseModel({ ...options, ...(name !== undefined && { model: name }) })
    try {
      if (options.trace !== undefined) return checkTrace(terminal, model, options.trace)
      if (options.tests !== undefined)
        return writeTests(terminal, model, { ...options, tests: options.tests })
      if (options.sweep !== undefined)
        return checkSweep(terminal, chooseProperty(model, options.property), options.sweep, {
          deadlock: options.deadlock,
          memoryBytesMax: options.memory,
          symmetry: options.symmetry === true,
        })
      return judge(terminal, chooseProperty(model, options.property), options)
    } catch (error) {
      if (error instanceof ModelFault) throw new UsageError(error.message)
      if (options.symmetry === true && error instanceof RangeError)
        throw new UsageError(`--symmetry: ${error.message}; --property chooses another`)
      throw error
    }
  })
}

function judge<State extends object>(
  terminal: Terminal,
  model: Module<State>,
  options: CheckOptions,
): VerbResult {
  const { walk, length, seed, deadlock, symmetry, itf, scenario } = options
  if (scenario !== undefined) requireReplayable(model)
  if (walk === undefined) return checkWhole(terminal, model, options)
  if (symmetry === true) throw new UsageError('--symmetry: walks do not take it')
  return checkByWalks(terminal, model, {
    walks: walk,
    lengthMax: length,
    seed: seed ?? freshSeed(),
    deadlock,
    ...(itf !== undefined && { itf }),
    ...(scenario !== undefined && { scenario }),
  })
}

function checkWhole<State extends object>(
  terminal: Terminal,
  model: Module<State>,
  { deadlock, memory, symmetry = false, ...files }: CheckOptions,
): VerbResult {
  const start = performance.now()
  const bar = terminal.progress('check', 1)
  let checked: Checked<State>
  try {
    checked = check(model, {
      deadlock,
      symmetry,
      memoryBytesMax: memory,
      onProgress: ({ explored, distinct, depth }) => {
        const seconds = (performance.now() - start) / 1000
        const rate = Math.round(distinct / Math.max(seconds, 0.001)).toLocaleString('en')
        bar.update(
          explored / distinct,
          `${distinct.toLocaleString('en')} states, ${rate}/s, queue ${(distinct - explored).toLocaleString('en')}, level ${depth}`,
        )
      },
    })
  } finally {
    bar.stop()
  }
  const seconds = (performance.now() - start) / 1000
  printChecked(terminal, model, checked, seconds)
  saveViolation(terminal, model, checked.violation, files)
  const exitCode = verdictOf(checked)
  return { exitCode, json: checkedJson(model, checked, seconds) }
}

function chooseProperty<State>(model: Module<State>, name: string | undefined): Module<State> {
  if (name === undefined) return model
  try {
    return onlyProperty(model, name)
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(`--property ${error.message}`) : error
  }
}

function listModels(terminal: Terminal): VerbResult {
  const entries = catalogue().map(({ name, kind, model }) => ({
    name,
    kind,
    constants: model.constants,
    presets: model.presets,
  }))
  for (const { name, kind, constants, presets } of entries)
    terminal.line(
      [
        name.padEnd(18),
        kind.padEnd(12),
        printConstants(constants),
        presets.length > 0 ? `presets ${presets.join(' ')}` : '',
      ]
        .join('  ')
        .trimEnd(),
    )
  return { exitCode: 0, json: { models: entries } }
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function bytes(text: string): number {
  const match = /^(\d+)([KMG]?)$/.exec(text)
  if (match === null) throw new InvalidArgumentError('Expected a size such as 500M or 4G.')
  return Number(match[1]) * { '': 1, K: 2 ** 10, M: 2 ** 20, G: GIB }[match[2] as '' | 'K' | 'M' | 'G']
}
