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
import { DifferentialSession, Disagreement, type Engines } from './differential-session.ts'

/** How long a story may be made smaller: whichever comes first. */
export interface ShrinkBudget {
  readonly attempts: number
  readonly ms: number
}

/** The engines that disagree: the specification is created again for each attempt, the target where it must be. */
export interface Comparison extends Pick<Engines, 'strictness'> {
  readonly target: () => Engines['target']
  /** Absent: the specification. */
  readonly reference?: (() => Engines['reference']) | undefined
}

/** A story that replays a disagreement, its last step what the specification expects. */
export interface Minimised {
  readonly scenario: ScenarioSource
  readonly message: string
  /** Whether nothing more could be left out; false when budget ended first. */
  readonly isSmallest: boolean
}

/**
 * The smallest story that comes to the same disagreement, or the best so far when budget ends; undefined when the
 * story, read back from its file, does not come to it at all.
 */
export function minimise(
  source: ScenarioSource,
  signature: string,
  comparison: Comparison,
  { attempts, ms }: ShrinkBudget,
): Minimised | undefined {
  const deadline = performance.now() + ms
  let isOver = false
  const shrunk = shrinkScenario(
    parseScenario(source),
    (scenario) => {
      isOver ||= performance.now() > deadline
      return isOver ? undefined : replay(scenario, comparison).disagreement?.signature
    },
    attempts,
  )
  if (shrunk?.signature !== signature) return undefined
  const { disagreement, ending } = replay(shrunk.scenario, comparison)
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
function replay(
  scenario: Scenario,
  { target, strictness, reference = createSpecOracle }: Comparison,
): Replayed {
  const compiled = compileScenario(scenario, chainLookup)
  const engines = { reference: reference(), target: target(), strictness }
  const session = new DifferentialSession(compiled.chain, engines, NO_WATCHER)
  const ending = () => session.expectations((hash) => compiled.names.get(hash)!)
  try {
    for (const step of compiled.steps) carryOut(step, compiled, session)
    return { ending: ending() }
  } catch (error) {
    if (error instanceof Disagreement) return { disagreement: error, ending: ending() }
    if (error instanceof Abstention) return { ending: ending() }
    throw error
  }
}

function carryOut(
  step: CompiledScenario['steps'][number],
  compiled: CompiledScenario,
  session: DifferentialSession,
): void {
  const now = Math.floor((compiled.startTimeMs + step.at) / 1000)
  if (step.do === 'invalidate' || step.do === 'reconsider')
    session.declare(step.do, compiled.items.get(step.block)!.hash)
  if (step.do !== 'send') return
  if (step.as === 'announce') throw new ScenarioError('steps', 'nothing is announced in a session')
  for (const name of step.items) session.deliver(compiled.items.get(name)!, step.as, now)
}

const NO_WATCHER = { delivered: () => {}, settled: () => {} }
