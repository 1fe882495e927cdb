import type { RunDivergence, RunOutcome, RunRecord } from '../../../reports/index.ts'
import type { NodeFactory, SpecOracle } from '../../ports/index.ts'
import type { CompiledScenario } from '../../scenario/index.ts'
import { ItemTable } from '../../scenario/index.ts'
import type { MessageFault } from '../disturbances/index.ts'
import { watchCleanStops } from '../oracles/clean-stop.ts'
import { watchHistory } from '../oracles/history.ts'
import { watchLiveness } from '../oracles/liveness.ts'
import { watchRunModel } from '../oracles/run-model.ts'
import { watchSafety } from '../oracles/safety.ts'
import { watchSpec } from '../oracles/spec-watch.ts'
import { watchStoredCoins } from '../oracles/stored-coins.ts'
import type { PassingMessage } from '../simulator/passage.ts'
import { Simulation } from '../simulator/simulation.ts'
import type { ExpectationResult } from './expectation-ledger.ts'

/** How a world is watched while it runs. */
export interface WatchOptions {
  /** Judge of every verdict and state; without it only safety, liveness and the scenario's expectations are asked. */
  readonly oracle?: SpecOracle | undefined
  readonly record?: ((line: RunRecord) => void) | undefined
  /** Keep every event as a line of text, to find where two runs part. */
  readonly traced?: boolean
  /** Play at least until then, in virtual ms (default: the time of the last step). */
  readonly untilMs?: number
  /** Default: 5,000,000. */
  readonly maxEvents?: number
}

/** What a run came to. */
export interface SimulationResult {
  readonly outcome: RunOutcome
  /** One line, unless it passed. */
  readonly reason?: string
  readonly divergence?: RunDivergence
  readonly expectations: readonly ExpectationResult[]
  readonly events: number
  /** Blocks judged, by all nodes together. */
  readonly blocks: number
  /** 16 hex digits; equal runs have equal ones. */
  readonly eventHash: string
  /** Milliseconds of virtual time. */
  readonly virtualMs: number
  readonly marks: readonly string[]
  readonly trace?: readonly string[]
}

type FaultSource = (message: PassingMessage) => MessageFault | undefined

/** The faults of a run beyond what its scenario says. */
export interface DrawnFaults {
  readonly faultOf: FaultSource
  /** The classes that were drawn. */
  readonly faults: readonly string[]
}

/** A world made as the scenario says, every oracle watching, nothing started yet. */
export function createWatchedWorld(
  compiled: CompiledScenario,
  createNode: NodeFactory,
  options: WatchOptions,
  drawn?: DrawnFaults,
): Simulation {
  const world = createWorld(compiled, createNode, options, drawn)
  world.watch(watchRunModel(world))
  if (options.oracle !== undefined) world.watch(watchSpec(world, options.oracle, compiled.chain))
  world.watch(watchSafety(world, compiled.chainFile))
  world.watch(watchCleanStops(world))
  world.watch(watchStoredCoins(world))
  world.watch(watchLiveness(world))
  return world
}

/** A world made as the scenario says, its items in it, its history kept, nothing started yet. */
export function createWorld(
  compiled: CompiledScenario,
  createNode: NodeFactory,
  options: Pick<WatchOptions, 'record' | 'traced'>,
  drawn?: DrawnFaults,
): Simulation {
  const { network, title } = compiled.scenario
  const latencies = new Map(network.links.map((link) => [[...link.between].sort().join(' '), link.latencyMs]))
  const world = new Simulation({
    title,
    chain: compiled.chain,
    chainName: compiled.chainFile.name,
    magic: compiled.chainFile.magic,
    startTimeMs: compiled.startTimeMs,
    nodes: compiled.nodes,
    latencyMs: (first, second) => latencies.get([first, second].sort().join(' ')) ?? network.latencyMs,
    items: new ItemTable(compiled.items.values()),
    createNode,
    faultOf: drawn?.faultOf ?? storedFaults(compiled),
    faults: drawn?.faults,
    record: options.record,
    story: compiled.scenario,
    traced: options.traced ?? false,
  })
  world.watch(watchHistory(world))
  return world
}

/** Runs a world to its end and says what it came to. */
export function runWorld(
  world: Simulation,
  untilMs: number,
  { maxEvents = 5_000_000 }: WatchOptions,
  expectations: () => readonly ExpectationResult[] = () => [],
): SimulationResult {
  const ending = world.run(untilMs, maxEvents)
  if (ending === 'done') world.finish()
  const met = expectations()
  const { outcome, reason } = outcomeOf(world, ending, met)
  const { divergence, events, blocks, now: virtualMs, hash } = world
  const counted = { outcome, events, eventHash: hash.digest(), marks: [...world.marks].sort() }
  const ended = reason === undefined ? counted : { ...counted, reason }
  world.recorder.endPartition()
  world.recorder.line({ type: 'end', at: virtualMs, ...ended })
  return {
    ...ended,
    expectations: met,
    blocks,
    virtualMs,
    ...(divergence === undefined ? {} : { divergence }),
    ...(hash.lines === undefined ? {} : { trace: hash.lines }),
  }
}

function storedFaults({ scenario }: CompiledScenario): FaultSource {
  const faults = new Map<string, MessageFault>(
    scenario.network.faults.map((fault) => [`${fault.from} ${fault.to} ${fault.message}`, fault]),
  )
  return ({ from, to, index }) => faults.get(`${from} ${to} ${index}`)
}

function outcomeOf(
  { divergence, events }: Simulation,
  ending: ReturnType<Simulation['run']>,
  expectations: readonly ExpectationResult[],
): { outcome: RunOutcome; reason?: string } {
  if (divergence !== undefined) return { outcome: 'fail', reason: divergence.text }
  const broken = expectations.find(({ status }) => status === 'fail')
  if (broken !== undefined)
    return {
      outcome: 'fail',
      reason: `step ${broken.step}: expected ${broken.expected}, got ${broken.actual}`,
    }
  if (ending === 'too-long') return { outcome: 'unknown', reason: `stopped after ${events} events` }
  return { outcome: 'pass' }
}
