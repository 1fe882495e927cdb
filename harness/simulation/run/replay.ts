import type { ChainSession, Engine, NodeFactory, RunRecord, Strictness, Verdict } from '../../ports/index.ts'
import type { CompiledScenario, CompiledStep } from '../../scenario/index.ts'
import type { Simulation } from '../simulator/simulation.ts'
import { createEngineNode } from './engine-node.ts'
import type { ExpectationResult } from './expectation-ledger.ts'
import { playScenario } from './play.ts'
import { createWorld } from './world.ts'

export interface ReplayOptions {
  /** How closely verdicts are compared; default `exact`. */
  readonly strictness?: Strictness
  /** Judge of coin digests. */
  readonly reference?: Engine
  readonly record?: ((line: RunRecord) => void) | undefined
  /** Keep every event as a line of text. */
  readonly traced?: boolean
}

/** One item as one node judged it. */
export interface Delivery {
  /** Virtual ms. */
  readonly at: number
  readonly node: string
  readonly item: string
  readonly verdict: Verdict
  /** Hash of the node's tip thereafter. */
  readonly tip: string
}

export interface ReplayResult {
  readonly status: 'pass' | 'fail' | 'not-applicable'
  /** What the target lacks, when it is not applicable. */
  readonly missing: readonly string[]
  readonly expectations: readonly ExpectationResult[]
  readonly deliveries: readonly Delivery[]
  /** The engine threw, and the run ended there: what, and in one line when. */
  readonly thrown?: { readonly error: Error; readonly text: string }
  /** Hash over all events, 16 hex digits: equal runs have equal hashes. Absent where nothing was played. */
  readonly eventHash?: string
  readonly trace?: readonly string[]
}

/** Plays a scenario on an engine: one session for each node of the simulated network. */
export function replayOnEngine(
  compiled: CompiledScenario,
  engine: Engine,
  options: ReplayOptions = {},
): ReplayResult {
  const missing = missingFrom(compiled, engine)
  if (missing.length > 0) return { status: 'not-applicable', missing, expectations: [], deliveries: [] }
  const { createNode, firstError } = engineNodes(compiled, engine)
  const world = createWorld(compiled, createNode, options)
  const deliveries = noteDeliveries(world)
  const rules = { strictness: options.strictness ?? 'exact', capabilities: engine.capabilities } as const
  let run: Pick<ReplayResult, 'expectations' | 'trace'> = { expectations: [] }
  try {
    run = playScenario(world, compiled, options, { ...rules, reference: options.reference })
  } catch (error) {
    // An expectation may ask a session that cannot answer.
    if (firstError() === undefined) throw error
  }
  const error = firstError()
  const text = `${engine.name} threw at ${world.now} ms: ${error?.message.split('\n', 1)[0]}`
  const failed = error !== undefined || run.expectations.some(({ status }) => status === 'fail')
  const judged = run.expectations.some(({ status }) => status !== 'not-applicable')
  const status = failed ? 'fail' : judged ? 'pass' : 'not-applicable'
  return {
    status,
    missing: status === 'not-applicable' ? ['every expectation abstained'] : [],
    expectations: run.expectations,
    deliveries,
    eventHash: world.hash.digest(),
    ...(error === undefined ? {} : { thrown: { error, text } }),
    ...(run.trace === undefined ? {} : { trace: run.trace }),
  }
}

/** Steps that only a whole node on a simulated machine can play. */
const NEEDS_WHOLE_NODE: ReadonlySet<CompiledStep['do']> = new Set([
  'message',
  'crash',
  'stop',
  'wipe',
  'restart',
  'disk',
])

function needsWholeNode(step: CompiledStep): boolean {
  return step.do === 'send' ? step.as === 'announce' : NEEDS_WHOLE_NODE.has(step.do)
}

function missingFrom(compiled: CompiledScenario, engine: Engine): string[] {
  const lacking = [...compiled.requires].filter((need) => !engine.capabilities.has(need))
  const steps = compiled.steps
    .filter(needsWholeNode)
    .map((step) => `step ${step.index} (${step.do}) needs the simulator`)
  // What is lost on the way is asked for again by a node with a protocol of its own only.
  const faults = compiled.scenario.network.faults.length > 0 ? ['message faults need the simulator'] : []
  return [...lacking, ...steps, ...faults]
}

/** Makes a node of each session, and remembers the first error of any. */
function engineNodes(
  { chainFile }: CompiledScenario,
  engine: Engine,
): { createNode: NodeFactory; firstError: () => Error | undefined } {
  let first: Error | undefined
  const noting =
    <Args extends unknown[], Result>(call: (...args: Args) => Result) =>
    (...args: Args): Result => {
      try {
        return call(...args)
      } catch (error) {
        first ??= error instanceof Error ? error : new Error(String(error))
        throw error
      }
    }
  const notingSession = (session: ChainSession): ChainSession => ({
    deliverHeader: noting(session.deliverHeader),
    deliverBlock: noting(session.deliverBlock),
    deliverTransaction: noting(session.deliverTransaction),
    tip: noting(session.tip),
    coinDigest: noting(session.coinDigest),
    balanceOf: noting(session.balanceOf),
    mempool: noting(session.mempool),
    medianTimePast: noting(session.medianTimePast),
    coinCount: noting(session.coinCount),
    invalidate: noting(session.invalidate),
    reconsider: noting(session.reconsider),
  })
  const openChain = noting(engine.openChain)
  const magic = Buffer.from(chainFile.magic, 'hex')
  return {
    createNode: ({ chain }) => createEngineNode(notingSession(openChain(chain)), engine.capabilities, magic),
    firstError: () => first,
  }
}

/** What each node was given and what it made of it, in order; verdicts go into the record too. */
function noteDeliveries(world: Simulation): Delivery[] {
  const deliveries: Delivery[] = []
  world.watch({
    judged({ name, node }, { subject, hash, verdict }, made) {
      const item = made?.name ?? hash
      world.recorder.line({ type: 'verdict', at: world.now, node: name, subject, item, hash, verdict })
      deliveries.push({ at: world.now, node: name, item, verdict, tip: node!.view.tip().hash })
    },
  })
  return deliveries
}
