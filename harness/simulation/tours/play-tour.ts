import { compileScenario, parseScenario, type Scenario } from '../../scenario/index.ts'
import { spendWhole } from '../adversary/branches.ts'
import { Director } from '../adversary/director.ts'
import { pickCoin } from '../adversary/spending.ts'
import { nodesOf } from '../adversary/topology.ts'
import { mineAt } from '../adversary/workload/mine.ts'
import type { PlanSetup } from '../campaign/play-plan.ts'
import { createWatchedWorld, runWorld, type SimulationResult } from '../run/world.ts'
import type { Host } from '../simulator/host.ts'
import { createStream, type RandomStream } from '../simulator/random.ts'
import { Episode } from './episode.ts'
import { NetworkLens } from './network-lens.ts'

/** A tour as it was played. */
export interface PlayedTour {
  readonly result: SimulationResult
  readonly scenario: Scenario
}

const NODES = 3
const BLOCKS = 4
const EPISODES = 20
const ACTS = 30
const ACT_MS = 10
/** Above a coinbase's maturity, so that each episode has a coin to spend. [Core consensus.h COINBASE_MATURITY] */
const FIRST_BLOCKS = 105
/** What is quick comes during an episode, and what is slow after it: then only what the tour hands over is received. */
const LATENCIES_MS = [5, 4_000, 4_000, 4_000] as const
/** Time for nodes to connect, and to announce to each other what they have. */
const SETTLE_MS = 90_000
const EPISODE_MS = 3 * SETTLE_MS

/**
 * Plays the network model on real nodes, from its beginning again and again: what the nodes agree on at the end of an
 * episode is genesis to the next. Each state that is seen is added to those visited, by its key.
 */
export function playTour(
  seed: number,
  tour: number,
  setup: PlanSetup,
  visited: Set<string>,
  episodes = EPISODES,
): PlayedTour {
  const stream = createStream(seed, 'adversary', `tour ${tour}`)
  const compiled = compileScenario(parseScenario(worldOf(stream)), setup.chains)
  const world = createWatchedWorld(compiled, setup.createNode, setup)
  const director = new Director(world, compiled)
  world.boot()
  director.later(0, () => mineAt(director, { node: 0, count: FIRST_BLOCKS, pace: 0 }))
  let episode: Episode | undefined
  world.watch({
    settled: (host) => episode?.settled(host),
    crashed: () => episode?.see(),
    restarted: (host) => episode?.restarted(host),
  })
  for (let number = 0; number < episodes; number++)
    director.later(SETTLE_MS + number * EPISODE_MS, () => {
      const victim = stream.pick(director.hosts)
      store(director, victim)
      director.later(SETTLE_MS, () => {
        episode = createEpisode(director, victim, stream, visited)
        for (let act = 0; act < ACTS; act++) director.later(act * ACT_MS, () => episode?.act())
      })
      director.later(SETTLE_MS + ACTS * ACT_MS, () => {
        episode = undefined
        reunite(director)
      })
    })
  const result = runWorld(world, 2 * SETTLE_MS + episodes * EPISODE_MS, setup)
  const title = result.divergence?.text ?? result.reason ?? 'a tour of the network model'
  return { result, scenario: director.scenario(title, 'A tour of the network model.', []) }
}

/** Undefined where the nodes do not stand at one block. */
function createEpisode(
  director: Director,
  victim: Host,
  stream: RandomStream,
  visited: Set<string>,
): Episode | undefined {
  const [first] = director.hosts
  const base = director.tipOf(first!)
  if (director.hosts.some((host) => !host.running || director.tipOf(host) !== base)) return undefined
  const coin = pickCoin(director, first!, 0)!
  const payments = { honest: spendWhole(director, coin, 0), rival: spendWhole(director, coin, 1) }
  const lens = new NetworkLens(director, base, BLOCKS)
  return new Episode({ director, lens, victim, payments, stream, visited })
}

/** The node is shut down in order once, so that it loses nothing in a crash of what all agree on. */
function store(director: Director, { name: node }: Host): void {
  director.perform({ do: 'stop', node })
  director.later(1_000, () => director.perform({ do: 'restart', node }))
}

/** All nodes come back and together, and one block ends every tie. */
function reunite(director: Director): void {
  for (const host of director.hosts) if (!host.running) director.perform({ do: 'restart', node: host.name })
  director.perform({ do: 'heal' })
  director.later(SETTLE_MS / 2, () => {
    const heights = director.hosts.map((host) => director.tipOf(host).height)
    mineAt(director, { node: heights.indexOf(Math.max(...heights)), count: 1, pace: 0 })
  })
}

function worldOf(stream: RandomStream): object {
  const nodes = nodesOf(0, NODES)
  const names = Object.keys(nodes)
  return {
    format: 'touchstone-scenario/1',
    title: 'a tour of the network model',
    story: 'Drawn by the campaign.',
    sources: ['touchstone campaign'],
    chain: 'regtest',
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
