import fc from 'fast-check'
import {
  compileScenario,
  type Scenario,
  type ScenarioSource,
  shrinkScenario,
  sourceOf,
} from '../../scenario/index.ts'
import type { Hazard } from '../adversary/hazards.ts'
import { type Plan, planArbitrary } from '../adversary/plan.ts'
import { simulate } from '../run/simulate.ts'
import type { SimulationResult } from '../run/world.ts'
import { playTour } from '../tours/play-tour.ts'
import { type PlanSetup, type PlayedPlan, playPlan } from './play-plan.ts'
import { signatureOf } from './signature.ts'

/** `lite`: few signatures, a network that only parts. `swarm`: all faults. `perf`: as lite, without an oracle. */
export type Profile = 'lite' | 'swarm' | 'perf'

/** What a seed is played with. */
export interface SeedSetup extends PlanSetup {
  /** Hazards that are left out of every draw. */
  readonly without?: readonly Hazard[]
  /** Tours of the network model that are played after the plan (default: 0). */
  readonly tours?: number
}

/** What one seed came to, as plain data that crosses threads. */
export interface SeedReport extends Omit<SimulationResult, 'expectations' | 'trace'> {
  readonly seed: number
  /** The hazards that this seed drew. */
  readonly faults: readonly Hazard[]
  readonly acts: number
  /** Keys of the states of the network model that the seed's tours have visited. */
  readonly visited?: readonly string[]
  readonly elapsedMs: number
  /** What a failure is known by. */
  readonly signature?: string
  /** Replays the failure. */
  readonly scenario?: ScenarioSource
}

/** A failing seed made small. */
export interface ShrunkSeed {
  readonly seed: number
  readonly signature: string
  readonly scenario: ScenarioSource
  readonly stepsBefore: number
  readonly stepsAfter: number
}

const ACTS_MAX = 40

/** Visits the plan of a seed, the same on every machine; and smaller ones, for as long as `visit` says false. */
function visitPlans(
  seed: number,
  profile: Profile,
  { without = [] }: SeedSetup,
  visit: (plan: Plan) => boolean,
): void {
  const plans = planArbitrary(ACTS_MAX, profile !== 'swarm').map((plan) => ({
    ...plan,
    hazards: plan.hazards.filter((hazard) => !without.includes(hazard)),
  }))
  let broken: { readonly error: unknown } | undefined
  const property = fc.property(plans, (plan) => {
    try {
      return broken !== undefined || visit(plan)
    } catch (error) {
      // fast-check would take it for a failure of the plan and go on.
      broken = { error }
      return true
    }
  })
  fc.check(property, { seed, numRuns: 1 })
  if (broken !== undefined) throw broken.error
}

/** Draws the plan of this seed and plays it once. */
export function runSeed(seed: number, profile: Profile, setup: SeedSetup): SeedReport {
  const started = performance.now()
  let drawn: Plan | undefined
  let played: PlayedPlan | undefined
  visitPlans(seed, profile, setup, (plan) => {
    drawn = plan
    played = playPlan(plan, setup)
    return true
  })
  const visited = new Set<string>()
  const tours = Array.from({ length: setup.tours ?? 0 }, (_, tour) => playTour(seed, tour, setup, visited))
  // A tour that fails is what the seed came to.
  const ending = [played!, ...tours].find(({ result }) => result.outcome !== 'pass') ?? played!
  const { expectations: _, trace: _trace, ...result } = ending.result
  const signature = signatureOf(ending.result)
  return {
    ...result,
    seed,
    faults: drawn!.hazards,
    acts: drawn!.acts.length,
    ...(tours.length > 0 && { visited: [...visited] }),
    elapsedMs: performance.now() - started,
    ...(signature === undefined ? {} : { signature, scenario: sourceOf(ending.scenario) }),
  }
}

/** Makes the failure of this seed small: its plan first, then the stored scenario. Undefined when it does not fail. */
export function shrinkSeed(
  seed: number,
  profile: Profile,
  setup: SeedSetup,
  budgetMs: number,
): ShrunkSeed | undefined {
  const deadline = performance.now() + budgetMs / 2
  let first: PlayedPlan | undefined
  let smallest: PlayedPlan | undefined
  visitPlans(seed, profile, setup, (plan) => {
    if (first !== undefined && performance.now() > deadline) return true
    const played = playPlan(plan, setup)
    first ??= played
    if (signatureOf(played.result) !== signatureOf(first.result)) return true
    smallest = played
    return signatureOf(played.result) === undefined
  })
  const signature = signatureOf(first!.result)
  if (signature === undefined || smallest === undefined) return undefined
  const stored = shrinkStored(smallest.scenario, setup, deadline + budgetMs / 2)
  return {
    seed,
    signature,
    scenario: sourceOf(stored),
    stepsBefore: first!.scenario.steps.length,
    stepsAfter: stored.steps.length,
  }
}

function shrinkStored(scenario: Scenario, setup: PlanSetup, deadline: number): Scenario {
  const shrunk = shrinkScenario(scenario, (candidate) => {
    if (candidate !== scenario && performance.now() > deadline) return undefined
    return signatureOf(simulate(compileScenario(candidate, setup.chains), setup.createNode, setup))
  })
  return shrunk?.scenario ?? scenario
}
