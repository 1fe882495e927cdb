import type { NodeFactory, SpecOracle, Verdict } from '../../ports/index.ts'
import { CAPABILITIES, type Capability } from '../../ports/index.ts'
import type { CompiledItem, CompiledScenario } from '../../scenario/index.ts'
import type { Host } from '../simulator/host.ts'
import type { Simulation } from '../simulator/simulation.ts'
import type { Watcher } from '../simulator/watcher.ts'
import { createExpectationLedger, type ExpectationLedger } from './engine-replay/expectation-ledger.ts'
import { branchTo } from './engine-replay/reference.ts'
import { createWorld, runWorld, type SimulationResult, type WatchOptions } from './world.ts'

/** Plays a whole scenario on simulated nodes, with every watcher looking on. */
export function simulate(
  compiled: CompiledScenario,
  createNode: NodeFactory,
  options: WatchOptions = {},
): SimulationResult {
  const world = createWorld(compiled, createNode, options)
  const ledger = watchExpectations(world, compiled, options)
  world.boot()
  let endMs = 0
  for (const step of compiled.steps) {
    const within = step.do === 'expect' ? (step.withinMs ?? 0) : 0
    endMs = Math.max(endMs, step.at + within)
    world.schedule(step.at, () => {
      world.perform(step)
      if (step.do === 'expect') ledger.begin(step, world.now)
    })
  }
  return runWorld(world, endMs, options, () => ledger.finish(world.now))
}

/** What whole nodes on a simulated network can do. */
export const SIMULATED_CAPABILITIES: ReadonlySet<Capability> = new Set(CAPABILITIES)

/** Keeps the scenario's expectations, asking again whenever a node has done something. */
function watchExpectations(
  simulation: Simulation,
  compiled: CompiledScenario,
  { oracle }: WatchOptions,
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
        const { view } = host.node
        return {
          tip: () => view.tip(),
          coinDigest: () => view.coinDigest(),
          balanceOf: (script) => view.balanceOf(script),
          mempool: () => view.mempool(),
          verdictOf: (item) => verdicts.get(host)!.get(item),
        }
      },
      digestAfter: (block) => (oracle === undefined ? undefined : digestAfter(block, compiled, oracle)),
      strictness: 'exact',
      capabilities: SIMULATED_CAPABILITIES,
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
