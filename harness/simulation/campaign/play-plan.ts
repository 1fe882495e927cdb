import { STORY_KEYS } from '../../generators/index.ts'
import type { NodeFactory } from '../../ports/index.ts'
import {
  type ChainLookup,
  type CompiledScenario,
  compileScenario,
  parseScenario,
  type Scenario,
} from '../../scenario/index.ts'
import { CHAINS } from '../adversary/chains.ts'
import { Director } from '../adversary/director.ts'
import type { Plan } from '../adversary/plan.ts'
import { bringToRest, playActs } from '../adversary/play-acts.ts'
import { nodesOf } from '../adversary/topology.ts'
import { createWatchedWorld, runWorld, type SimulationResult, type WatchOptions } from '../run/world.ts'
import { drawStorms, type StormDraw } from './draw-storms.ts'

export interface PlanSetup extends WatchOptions {
  readonly nodes: number
  readonly createNode: NodeFactory
  readonly chains: ChainLookup
}

/** A plan as it was played: what came of it, and the scenario in which everything drawn has become explicit. */
export interface PlayedPlan {
  readonly result: SimulationResult
  readonly scenario: Scenario
}

/** Longer than anything that an act leaves to happen later. */
const AFTERMATH_MS = 25_000
const REST_MS = 180_000

/** Plays a plan on a fresh world. The scenario replays the same run: same events, same hash. */
export function playPlan(plan: Plan, setup: PlanSetup): PlayedPlan {
  const base = emptyWorld(plan, setup)
  const draw = drawStorms(
    plan,
    base.nodes.map((node) => node.name),
  )
  const world = createWatchedWorld(base, setup.createNode, setup, draw)
  const director = new Director(world, base)
  world.boot()
  const restMs = playActs(director, plan) + AFTERMATH_MS
  director.later(restMs, () => {
    draw.stop()
    bringToRest(director, plan)
  })
  const result = runWorld(world, restMs + REST_MS, setup)
  return { result, scenario: writeDown(director, plan, draw, result) }
}

function emptyWorld(plan: Plan, { nodes, chains }: PlanSetup): CompiledScenario {
  const scenario = parseScenario({
    format: 'touchstone-scenario/1',
    title: 'a plan of attack',
    story: 'Drawn by the campaign.',
    sources: ['touchstone campaign'],
    chain: CHAINS[plan.chain % CHAINS.length],
    keys: ['mallory', ...STORY_KEYS],
    nodes: nodesOf(plan.topology, nodes),
    network: { latencyMs: plan.latencyMs },
    steps: [{ do: 'heal' }],
  })
  return compileScenario(scenario, chains)
}

function writeDown(director: Director, plan: Plan, draw: StormDraw, result: SimulationResult): Scenario {
  const hazards = plan.hazards.length === 0 ? 'none' : plan.hazards.join(', ')
  const story = `A plan of ${plan.acts.length} acts, with these hazards on: ${hazards}.`
  const title = result.divergence?.text ?? result.reason ?? 'an attack that changed nothing'
  const scenario = director.scenario(title, story, draw.drawn)
  // A replay goes on for as long as this run did.
  const at = result.virtualMs
  return at === scenario.steps.at(-1)?.at
    ? scenario
    : { ...scenario, steps: [...scenario.steps, { do: 'heal', at }] }
}
