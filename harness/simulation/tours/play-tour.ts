import { MODELS, type Module, type NetworkState, waysOf } from '../../../spec/index.ts'
import { stateKeys } from '../../checker/index.ts'
import { compileScenario, parseScenario, type Scenario } from '../../scenario/index.ts'
import { spendWhole } from '../adversary/branches.ts'
import { Director } from '../adversary/director.ts'
import { pickCoin } from '../adversary/spending.ts'
import { nodesOf } from '../adversary/topology.ts'
import { mineAt } from '../adversary/workload/mine.ts'
import type { PlanSetup } from '../campaign/play-plan.ts'
import { createWatchedWorld, runWorld, type SimulationResult } from '../run/world.ts'
import { createStream, type RandomStream } from '../simulator/random.ts'
import { NetworkLens, type TourPayment } from './network-lens.ts'

/** The network model that tours visit: three nodes, four blocks, one cut, one crash. */
export const TOURED: Module<NetworkState> = MODELS.get('network')!.withPreset('tiny')

/** A tour as it was played. */
export interface PlayedTour {
  readonly result: SimulationResult
  readonly scenario: Scenario
}

/** What may be done next, and the state that it leads to. */
interface Candidate {
  readonly action: string
  // biome-ignore lint/suspicious/noExplicitAny: each action has choices of its own
  readonly choice: any
}

const NODES = 3
const BLOCKS = 4
const FIRST_BLOCKS = 5
/** By then all nodes have the first blocks, and are shut down in order once, so that no crash loses these. */
const STORE_MS = 10_000
const BEGIN_MS = 30_000
const ACTS = 30
const WAITS_MS = [2, 10, 40, 150, 600] as const
const LATENCIES_MS = [5, 20, 80, 320] as const
/** Share of what was not written for good that survives a crash, in 256ths. */
const SURVIVES = [0, 64, 128, 255, 256] as const
const SETTLE_MS = 90_000
const keyOf = stateKeys(TOURED)

/**
 * Plays the network model on real nodes. Whatever it lets happen next, the tour does what leads to a state that is not
 * among those visited, or waits for what is under way. Each state that is seen is added to those visited, by its key.
 */
export function playTour(seed: number, tour: number, setup: PlanSetup, visited: Set<string>): PlayedTour {
  const stream = createStream(seed, 'adversary', `tour ${tour}`)
  const compiled = compileScenario(parseScenario(worldOf(stream)), setup.chains)
  const world = createWatchedWorld(compiled, setup.createNode, setup)
  const director = new Director(world, compiled)
  world.boot()
  director.later(0, () => mineAt(director, { node: 0, count: FIRST_BLOCKS, pace: 0 }))
  director.later(STORE_MS, () => {
    for (const { name } of director.hosts) director.perform({ do: 'stop', node: name })
  })
  director.later(STORE_MS + 1_000, () => {
    for (const { name } of director.hosts) director.perform({ do: 'restart', node: name })
  })
  let lens: NetworkLens | undefined
  const see = () => {
    const view = lens?.look()
    if (view !== undefined) visited.add(keyOf(view))
    return view
  }
  world.watch({
    settled: (host) => {
      lens?.settled(host)
      see()
    },
    crashed: see,
    restarted: (host) => lens?.restarted(host),
  })
  const payments = new Map<TourPayment, string>()
  director.later(BEGIN_MS, () => {
    const [host] = director.hosts
    const coin = pickCoin(director, host!, 0)!
    payments.set('honest', spendWhole(director, coin, 0)).set('rival', spendWhole(director, coin, 1))
    lens = new NetworkLens(director, director.tipOf(host!), BLOCKS)
    see()
  })
  const restMs = planActs(stream, (at) =>
    director.later(at, () => {
      const view = see()
      if (view === undefined || lens!.isMining || stream.chance(0.3)) return
      const next = chooseNext(view, visited, stream)
      if (next !== undefined) carryOut(director, lens!, next, payments, stream, see)
    }),
  )
  director.later(restMs, () => {
    lens = undefined
    for (const host of director.hosts) if (!host.running) director.perform({ do: 'restart', node: host.name })
    director.perform({ do: 'heal' })
  })
  director.later(restMs + SETTLE_MS, () => mineAt(director, { node: 0, count: 2, pace: 0 }))
  const result = runWorld(world, restMs + 2 * SETTLE_MS, setup)
  const title = result.divergence?.text ?? result.reason ?? 'a tour of the network model'
  return { result, scenario: director.scenario(title, 'A tour of the network model.', []) }
}

function worldOf(stream: RandomStream): object {
  const nodes = nodesOf(0, NODES)
  const names = Object.keys(nodes)
  return {
    format: 'touchstone-scenario/1',
    title: 'a tour of the network model',
    story: 'Drawn by the campaign.',
    sources: ['touchstone campaign'],
    chain: 'tiny',
    keys: ['mallory', 'alice'],
    nodes,
    network: {
      links: names.flatMap((name, index) =>
        names
          .slice(index + 1)
          .map((other) => ({ between: [name, other], latencyMs: stream.pick(LATENCIES_MS) })),
      ),
    },
    steps: [{ do: 'heal' }],
  }
}

/** Returns when the last act is over. */
function planActs(stream: RandomStream, plan: (at: number) => void): number {
  let at = BEGIN_MS
  for (let act = 0; act < ACTS; act++) {
    at += stream.pick(WAITS_MS)
    plan(at)
  }
  return at + 2_000
}

/** Of the kinds of action that lead to a state not visited yet one, and of its choices one. What is received comes by itself. */
function chooseNext(
  view: NetworkState,
  visited: ReadonlySet<string>,
  stream: RandomStream,
): Candidate | undefined {
  const kinds = TOURED.actions.flatMap((action): (readonly Candidate[])[] => {
    if (action.name === 'Receive') return []
    const fresh = action.choices.flatMap((choice): Candidate[] => {
      if (waysOf(action, view, choice) === 0) return []
      const key = keyOf({ ...view, ...action.next(view, choice) })
      return visited.has(key) ? [] : [{ action: action.name, choice }]
    })
    return fresh.length === 0 ? [] : [fresh]
  })
  return kinds.length === 0 ? undefined : stream.pick(stream.pick(kinds))
}

function carryOut(
  director: Director,
  lens: NetworkLens,
  { action, choice }: Candidate,
  payments: ReadonlyMap<TourPayment, string>,
  stream: RandomStream,
  see: () => void,
): void {
  const { node, miner, payment, far = [] } = choice
  const names = director.hosts.map(({ name }) => name)
  if (action === 'Mine') {
    const host = director.hosts[names.indexOf(miner)]!
    const paid = payments.get(payment)
    const block = director.addBlock({
      extends: director.tipOf(host).name,
      transactions: paid === undefined ? [] : [paid],
    })
    lens.mined(block, payment)
    director.send([block.name], [host])
  } else if (action === 'Crash') {
    lens.crashesLeft--
    director.perform({ do: 'crash', node, survives: stream.pick(SURVIVES) })
  } else if (action === 'Restart') director.perform({ do: 'restart', node })
  else if (action === 'Heal') director.perform({ do: 'heal' })
  else {
    lens.cutsLeft--
    director.perform({ do: 'partition', groups: [far, names.filter((name) => !far.includes(name))] })
  }
  if (action === 'Heal' || action === 'Cut') lens.far = far
  director.later(0, see)
}
