import { ScenarioError } from '../error.ts'
import type { Scenario } from '../format/index.ts'
import { prune } from './mentions.ts'
import { REDUCTIONS } from './reductions.ts'

export interface ShrinkResult {
  readonly scenario: Scenario
  /** What the failure is known by; the same before and after. */
  readonly signature: string
  /** Scenarios tried. */
  readonly attempts: number
}

/** Runs a scenario and names its failure; undefined when it does not fail. */
export type FailureProbe = (scenario: Scenario) => string | undefined

/**
 * Makes a failing scenario as small as it gets while it fails in the same way.
 * Stops after `attemptsMax` runs with the best so far; undefined when the scenario does not fail at all.
 */
export function shrinkScenario(
  scenario: Scenario,
  probe: FailureProbe,
  attemptsMax = 2000,
): ShrinkResult | undefined {
  let attempts = 1
  const signature = probe(scenario)
  if (signature === undefined) return undefined
  let best = scenario
  const pruned = prune(scenario)
  if (fails(pruned)) best = pruned

  for (let improved = true; improved && attempts < attemptsMax; ) {
    improved = false
    for (const reduce of REDUCTIONS) improved = exhaust(reduce) || improved
  }
  return { scenario: best, signature, attempts }

  /** Takes one kind of reduction as far as it goes. */
  function exhaust(reduce: (scenario: Scenario) => Iterable<Scenario>): boolean {
    let improved = false
    for (let again = true; again && attempts < attemptsMax; ) {
      again = false
      for (const candidate of reduce(best)) {
        if (attempts >= attemptsMax) break
        if (!isSimpler(candidate, best) || !fails(candidate)) continue
        best = candidate
        improved = true
        again = true
        break
      }
    }
    return improved
  }

  function fails(candidate: Scenario): boolean {
    attempts++
    try {
      return probe(candidate) === signature
    } catch (error) {
      if (error instanceof ScenarioError) return false
      throw error
    }
  }
}

/** Fewer steps and items count first, then fewer characters; so that shrinking comes to an end. */
function isSimpler(candidate: Scenario, best: Scenario): boolean {
  const size = (scenario: Scenario) => [
    Object.keys(scenario.nodes).length,
    scenario.steps.length,
    Object.keys(scenario.blocks).length + Object.keys(scenario.transactions).length,
    JSON.stringify(scenario).length,
  ]
  const [own, other] = [size(candidate), size(best)]
  const first = own.findIndex((value, index) => value !== other[index])
  return first !== -1 && own[first]! < other[first]!
}
