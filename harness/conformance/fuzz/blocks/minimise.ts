import { Abstention, chainLookup, createSpecOracle } from '../../../adapters/index.ts'
import {
  type CompiledScenario,
  compileScenario,
  parseScenario,
  type Scenario,
  ScenarioError,
  type ScenarioSource,
  shrinkScenario,
  sourceOf,
} from '../../../scenario/index.ts'
import { Disagreement, Duel, type Duellists } from './duel.ts'

/** How long a story may be made smaller: whichever comes first. */
export interface Patience {
  readonly attempts: number
  readonly ms: number
}

/** The engines that disagree: the specification is created again for each attempt, the target where it must be. */
export interface Quarrel extends Pick<Duellists, 'strictness'> {
  readonly target: () => Duellists['target']
  /** Absent: the specification. */
  readonly reference?: (() => Duellists['reference']) | undefined
}

/** A story that replays a disagreement, its last step what the specification expects. */
export interface Minimised {
  readonly scenario: ScenarioSource
  readonly message: string
  /** Whether nothing more could be left out; false when patience ended first. */
  readonly isSmallest: boolean
}

/**
 * The smallest story that comes to the same disagreement, or the best so far when patience ends; undefined when the
 * story, read back from its file, does not come to it at all.
 */
export function minimise(
  source: ScenarioSource,
  signature: string,
  quarrel: Quarrel,
  { attempts, ms }: Patience,
): Minimised | undefined {
  const deadline = performance.now() + ms
  let isOver = false
  const shrunk = shrinkScenario(
    parseScenario(source),
    (scenario) => {
      isOver ||= performance.now() > deadline
      return isOver ? undefined : replay(scenario, quarrel).disagreement?.signature
    },
    attempts,
  )
  if (shrunk?.signature !== signature) return undefined
  const { disagreement, ending } = replay(shrunk.scenario, quarrel)
  if (disagreement === undefined) return undefined
  const terse = sourceOf(shrunk.scenario)
  return {
    scenario: { ...terse, title: `Generated: ${disagreement.message}`, steps: [...terse.steps, ...ending] },
    message: disagreement.message,
    isSmallest: !isOver && shrunk.attempts < attempts,
  }
}

interface Replayed {
  readonly disagreement?: Disagreement
  readonly ending: ScenarioSource['steps']
}

/** @throws ScenarioError when the parts do not fit each other */
function replay(scenario: Scenario, { target, strictness, reference = createSpecOracle }: Quarrel): Replayed {
  const compiled = compileScenario(scenario, chainLookup)
  const duellists = { reference: reference(), target: target(), strictness }
  const duel = new Duel(compiled.chain, duellists, DEAF)
  const ending = () => duel.expectations((hash) => compiled.names.get(hash)!)
  try {
    for (const step of compiled.steps) carryOut(step, compiled, duel)
    return { ending: ending() }
  } catch (error) {
    if (error instanceof Disagreement) return { disagreement: error, ending: ending() }
    if (error instanceof Abstention) return { ending: ending() }
    throw error
  }
}

function carryOut(step: CompiledScenario['steps'][number], compiled: CompiledScenario, duel: Duel): void {
  const now = Math.floor((compiled.startTimeMs + step.at) / 1000)
  if (step.do === 'invalidate' || step.do === 'reconsider')
    duel.declare(step.do, compiled.items.get(step.block)!.hash)
  if (step.do !== 'send') return
  if (step.as === 'announce') throw new ScenarioError('steps', 'nothing is announced in a duel')
  for (const name of step.items) duel.deliver(compiled.items.get(name)!, step.as, now)
}

const DEAF = { delivered: () => {}, settled: () => {} }
