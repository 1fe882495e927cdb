import type { Capability, Engine, Strictness, Verdict } from '../../ports/index.ts'
import type { CompiledBlock, CompiledItem, CompiledScenario } from '../../scenario/index.ts'
import type { Host } from '../simulator/host.ts'
import type { Simulation } from '../simulator/simulation.ts'
import {
  createExpectationLedger,
  type ExpectationLedger,
  type ExpectationResult,
} from './expectation-ledger.ts'
import { runWorld, type SimulationResult, type WatchOptions } from './world.ts'

/** How the expectations of a scenario are judged. */
export interface ExpectationRules {
  readonly strictness: Strictness
  /** What the nodes can be asked. */
  readonly capabilities: ReadonlySet<Capability>
  /** Judge of coin digests. */
  readonly reference?: Pick<Engine, 'openChain'> | undefined
  /** Hears of each expectation when it is settled. */
  readonly settled?: (result: ExpectationResult) => void
}

/** Plays the steps of a scenario in a world where nothing has happened yet, to its end. */
export function playScenario(
  world: Simulation,
  compiled: CompiledScenario,
  options: WatchOptions,
  rules: ExpectationRules,
): SimulationResult {
  const ledger = keepExpectations(world, compiled, rules)
  world.boot()
  let endMs = options.untilMs ?? 0
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

/** Keeps the scenario's expectations, asking again whenever a node has done something. */
function keepExpectations(
  world: Simulation,
  compiled: CompiledScenario,
  { strictness, capabilities, reference, settled }: ExpectationRules,
): ExpectationLedger {
  const verdicts = new Map<Host, Map<CompiledItem, Verdict>>(world.hosts.map((host) => [host, new Map()]))
  const ledger = createExpectationLedger(
    {
      compiled,
      observe: (name) => {
        const host = world.host(name)
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
      digestAfter: reference === undefined ? () => undefined : digestsOf(compiled, reference),
      strictness,
      capabilities,
    },
    (result) => {
      settled?.(result)
      world.recorder.line({
        type: 'expectation',
        at: result.at,
        step: result.step,
        status: result.status,
        text: result.expected,
        expected: result.expected,
        actual: result.actual,
      })
    },
  )
  world.watch({
    judged(host, { verdict }, item) {
      if (item !== undefined) verdicts.get(host)!.set(item, verdict)
    },
    settled() {
      if (ledger.pending) ledger.poll(world.now)
    },
  })
  return ledger
}

/** Coin digests of the reference, each after one block and its ancestors alone; undefined where it refuses one of them. */
function digestsOf(
  compiled: CompiledScenario,
  reference: Pick<Engine, 'openChain'>,
): (block: string) => string | undefined {
  const known = new Map<string, string | undefined>()
  return (name) => {
    if (!known.has(name)) known.set(name, digestAfter(name, compiled, reference))
    return known.get(name)
  }
}

function digestAfter(
  name: string,
  compiled: CompiledScenario,
  reference: Pick<Engine, 'openChain'>,
): string | undefined {
  const session = reference.openChain(compiled.chain)
  const branch = branchTo(name, compiled)
  const now = branch.reduce((latest, block) => Math.max(latest, block.time), compiled.startTimeMs / 1000)
  for (const block of branch) session.deliverBlock(block.bytes, now)
  return session.tip().hash === compiled.items.get(name)!.hash ? session.coinDigest() : undefined
}

/** The blocks above genesis up to this one, lowest first. */
function branchTo(name: string, compiled: CompiledScenario): CompiledBlock[] {
  const branch: CompiledBlock[] = []
  for (let block = compiled.items.get(name); block?.kind === 'block' && block.parent !== undefined; ) {
    branch.unshift(block)
    block = compiled.items.get(block.parent)
  }
  return branch
}
