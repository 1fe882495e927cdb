import { watchHistory } from '../oracles/history.ts'
import { watchLiveness } from '../oracles/liveness.ts'
import { watchSafety } from '../oracles/safety.ts'
import { watchSpec } from '../oracles/spec-watch.ts'
import type { Capability } from '../ports/engine.ts'
import type { NodeFactory } from '../ports/node.ts'
import type { SpecOracle } from '../ports/oracle.ts'
import type { RunDivergence, RunOutcome, RunRecord } from '../ports/run-record.ts'
import type { Verdict } from '../ports/verdict.ts'
import type { CompiledItem, CompiledScenario } from '../scenario/compiled.ts'
import {
  createExpectationLedger,
  type ExpectationLedger,
  type ExpectationResult,
} from '../scenario/replay/expectation-ledger.ts'
import { branchTo } from '../scenario/replay/reference.ts'
import type { Host } from '../simulator/host.ts'
import { ItemTable } from '../simulator/items.ts'
import type { MessageFault } from '../simulator/network.ts'
import { Simulation } from '../simulator/simulation.ts'
import type { Watcher } from '../simulator/watcher.ts'

export interface SimulateOptions {
  /** Judge of every verdict and state; without it only the scenario's own expectations and safety are asked. */
  readonly oracle?: SpecOracle
  readonly record?: (line: RunRecord) => void
  /** Keep every event as a line of text, to find where two runs part. */
  readonly traced?: boolean
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
  /** 16 hex digits; equal runs have equal ones. */
  readonly eventHash: string
  /** Milliseconds of virtual time. */
  readonly virtualMs: number
  readonly marks: readonly string[]
  readonly trace?: readonly string[]
}

const MAX_EVENTS = 5_000_000

/** Plays a whole scenario on simulated nodes, with every watcher looking on. */
export function simulate(
  compiled: CompiledScenario,
  createNode: NodeFactory,
  options: SimulateOptions = {},
): SimulationResult {
  const simulation = createSimulation(compiled, createNode, options)
  const ledger = watchExpectations(simulation, compiled, options)
  watchAll(simulation, compiled, options.oracle)
  simulation.boot()
  let endMs = 0
  for (const step of compiled.steps) {
    const within = step.do === 'expect' ? (step.withinMs ?? 0) : 0
    endMs = Math.max(endMs, step.at + within)
    simulation.schedule(step.at, () => {
      simulation.perform(step)
      if (step.do === 'expect') ledger.begin(step, simulation.now)
    })
  }
  return conclude(simulation, simulation.run(endMs, options.maxEvents ?? MAX_EVENTS), ledger)
}

/** A world made as the scenario says, its items in it, nothing started yet. */
function createSimulation(
  compiled: CompiledScenario,
  createNode: NodeFactory,
  options: SimulateOptions,
): Simulation {
  const { network, title } = compiled.scenario
  const latencies = new Map(network.links.map((link) => [[...link.between].sort().join(' '), link.latencyMs]))
  const faults = new Map<string, MessageFault>(
    network.faults.map((fault) => [`${fault.from} ${fault.to} ${fault.message}`, fault]),
  )
  return new Simulation({
    title,
    chain: compiled.chain,
    chainName: compiled.chainFile.name,
    magic: compiled.chainFile.magic,
    startTimeMs: compiled.startTimeMs,
    nodes: compiled.nodes,
    latencyMs: (first, second) => latencies.get([first, second].sort().join(' ')) ?? network.latencyMs,
    items: new ItemTable(compiled.items.values()),
    createNode,
    faultOf: (from, to, index) => faults.get(`${from} ${to} ${index}`),
    record: options.record,
    traced: options.traced ?? false,
  })
}

function watchAll(simulation: Simulation, compiled: CompiledScenario, oracle: SpecOracle | undefined): void {
  simulation.watch(watchHistory(simulation))
  if (oracle !== undefined) simulation.watch(watchSpec(simulation, oracle, compiled.chain))
  simulation.watch(watchSafety(simulation, compiled.chainFile))
  simulation.watch(watchLiveness(simulation))
}

const ALL_CAPABILITIES: ReadonlySet<Capability> = new Set<Capability>([
  'setTime',
  'mempool',
  'coinDigest',
  'balance',
  'invalidate',
  'reasons',
  'classes',
  'blocks',
  'scripts',
  'restart',
  'diskFaults',
  'manyNodes',
  'customChains',
])

/** Keeps the scenario's expectations, asking again whenever a node has done something. */
function watchExpectations(
  simulation: Simulation,
  compiled: CompiledScenario,
  { oracle }: SimulateOptions,
): ExpectationLedger {
  const verdicts = new Map<Host, Map<CompiledItem, Verdict>>(
    simulation.hosts.map((host) => [host, new Map()]),
  )
  const ledger = createExpectationLedger(
    {
      compiled,
      observe: (name) => {
        const host = simulation.host(name)
        if (host.node === undefined) return undefined
        return { ...host.node.view, verdictOf: (item) => verdicts.get(host)!.get(item) }
      },
      digestAfter: (block) => (oracle === undefined ? undefined : digestAfter(block, compiled, oracle)),
      strictness: 'exact',
      capabilities: ALL_CAPABILITIES,
    },
    (result) =>
      simulation.recorder.line({
        type: 'expectation',
        at: result.at,
        step: result.step,
        status: result.status,
        text: result.expected,
        expected: result.expected,
        actual: result.actual,
      }),
  )
  const watcher: Watcher = {
    judged(host, { verdict }, item) {
      if (item !== undefined) verdicts.get(host)!.set(item, verdict)
    },
    settled() {
      if (ledger.pending) ledger.poll(simulation.now)
    },
  }
  simulation.watch(watcher)
  return ledger
}

/** The digest that the specification has after this block and its ancestors alone. */
function digestAfter(name: string, compiled: CompiledScenario, oracle: SpecOracle): string | undefined {
  const session = oracle.openChain(compiled.chain)
  const branch = branchTo(name, compiled)
  const now = Math.max(compiled.startTimeMs / 1000, ...branch.map((block) => block.time))
  for (const block of branch) session.deliverBlock(block.bytes, now)
  return session.tip().hash === compiled.items.get(name)!.hash ? session.coinDigest() : undefined
}

function conclude(
  simulation: Simulation,
  ending: ReturnType<Simulation['run']>,
  ledger: ExpectationLedger,
): SimulationResult {
  if (ending === 'done') simulation.finish()
  const expectations = ledger.finish(simulation.now)
  const { outcome, reason } = outcomeOf(simulation, ending, expectations)
  const { divergence, events, now: virtualMs, hash } = simulation
  const eventHash = hash.digest()
  const marks = [...simulation.marks].sort()
  const ended = {
    at: virtualMs,
    outcome,
    events,
    eventHash,
    marks,
    ...(reason === undefined ? {} : { reason }),
  }
  simulation.recorder.endPartition()
  simulation.recorder.line({ type: 'end', ...ended })
  return {
    outcome,
    expectations,
    events,
    eventHash,
    virtualMs,
    marks,
    ...(reason === undefined ? {} : { reason }),
    ...(divergence === undefined ? {} : { divergence }),
    ...(hash.lines === undefined ? {} : { trace: hash.lines }),
  }
}

function outcomeOf(
  { divergence, events }: Simulation,
  ending: ReturnType<Simulation['run']>,
  expectations: readonly ExpectationResult[],
): { outcome: RunOutcome; reason?: string } {
  if (divergence !== undefined) return { outcome: 'fail', reason: divergence.text }
  const broken = expectations.find((one) => one.status === 'fail')
  if (broken !== undefined)
    return {
      outcome: 'fail',
      reason: `step ${broken.step}: expected ${broken.expected}, got ${broken.actual}`,
    }
  if (ending === 'too-long') return { outcome: 'unknown', reason: `stopped after ${events} events` }
  return { outcome: 'pass' }
}
