import type { RunRecord } from '../../../reports/index.ts'
import { Abstention } from '../../adapters/index.ts'
import type {
  Capability,
  Engine,
  NodeView,
  Question,
  Strictness,
  Subject,
  Verdict,
} from '../../ports/index.ts'
import type { CompiledScenario, CompiledStep } from '../../scenario/index.ts'
import type { Host } from '../simulator/host.ts'
import type { Simulation } from '../simulator/simulation.ts'
import { createEngineNodes, type EngineNodes, type Interruption } from './engine-sessions.ts'
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
  /** Ask each node after each delivery where it stands, as far as these allow; absent: it is not asked. */
  readonly asked?: ReadonlySet<Capability>
}

/** Where a node stands, in words; what it abstained from is absent. */
export interface NodeState {
  readonly tip?: string
  readonly medianTime?: string
  readonly coinDigest?: string
  readonly coinCount?: string
}

/** One item as one node judged it, or an operator's word to it. */
export interface Delivery {
  /** Virtual ms. */
  readonly at: number
  readonly node: string
  /** The name of the item, or its hash. */
  readonly item: string
  readonly subject: Subject | 'invalidate' | 'reconsider'
  /** Absent where an operator spoke. */
  readonly verdict?: Verdict
  /** Where the node stood thereafter; absent where it was not asked. */
  readonly state?: NodeState
}

/** An expectation as it was settled. */
export type SettledExpectation = ExpectationResult & {
  /** So many deliveries had been made before. */
  readonly deliveriesBefore: number
}

export interface ReplayResult {
  readonly status: 'pass' | 'fail' | 'not-applicable'
  /** What the target lacks, when it is not applicable. */
  readonly missing: readonly string[]
  readonly expectations: readonly SettledExpectation[]
  readonly deliveries: readonly Delivery[]
  /** What each node was asked that may change it, in order. */
  readonly questions: ReadonlyMap<string, readonly Question[]>
  /** The engine failed to answer, and the run ended there: what, and in one line when. */
  readonly thrown?: { readonly error: Error; readonly node: string; readonly text: string }
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
  if (missing.length > 0)
    return { status: 'not-applicable', missing, expectations: [], deliveries: [], questions: new Map() }
  const nodes = createEngineNodes(compiled, engine)
  const world = createWorld(compiled, nodes.createNode, options)
  const deliveries = noteDeliveries(world, options.asked)
  const positions = new Map<number, number>()
  const rules = {
    strictness: options.strictness ?? 'exact',
    capabilities: engine.capabilities,
    reference: options.reference,
    settled: ({ step }: ExpectationResult) => positions.set(step, deliveries.length),
  } as const
  const run = playUntilInterrupted(world, compiled, options, rules, nodes)
  const failed =
    nodes.interruption() !== undefined || run.expectations.some(({ status }) => status === 'fail')
  const judged = run.expectations.some(({ status }) => status !== 'not-applicable')
  const status = failed ? 'fail' : judged ? 'pass' : 'not-applicable'
  const interruption = nodes.interruption()
  return {
    status,
    missing: status === 'not-applicable' ? ['every expectation abstained'] : [],
    expectations: run.expectations.map((expectation) => ({
      ...expectation,
      deliveriesBefore: positions.get(expectation.step) ?? deliveries.length,
    })),
    deliveries,
    questions: nodes.questions,
    eventHash: world.hash.digest(),
    ...(interruption === undefined
      ? {}
      : {
          thrown: {
            error: interruption.error,
            node: interruption.node,
            text: textOf(interruption, compiled, deliveries.length),
          },
        }),
    ...(run.trace === undefined ? {} : { trace: run.trace }),
  }
}

function playUntilInterrupted(
  world: Simulation,
  compiled: CompiledScenario,
  options: ReplayOptions,
  rules: Parameters<typeof playScenario>[3],
  { interruption }: EngineNodes,
): { readonly expectations: readonly ExpectationResult[]; readonly trace?: readonly string[] | undefined } {
  try {
    return playScenario(world, compiled, options, rules)
  } catch (error) {
    // An expectation may ask a session that cannot answer.
    if (interruption() === undefined) throw error
    return { expectations: [] }
  }
}

/** `b3 at node, delivery 7: …` */
function textOf({ error, node, question }: Interruption, compiled: CompiledScenario, before: number): string {
  const message = error.message.split('\n', 1)[0]
  return `${subjectOf(question, compiled)} at ${node}, delivery ${before + 1}: ${message}`
}

function subjectOf(question: Question, { items }: CompiledScenario): string {
  if (question.op === 'query') return `question for ${question.what}`
  if (question.op !== 'deliver') return question.op
  const bytes = Buffer.from(question.bytes, 'hex')
  const named = [...items.values()].find((item) =>
    bytes.equals(question.kind === 'header' && item.kind === 'block' ? item.header : item.bytes),
  )
  return named === undefined ? `a ${question.kind}` : `${question.kind} ${named.name}`
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

/** What each node was given and what it made of it, in order; verdicts go into the record too. */
function noteDeliveries(world: Simulation, asked: ReadonlySet<Capability> | undefined): Delivery[] {
  const deliveries: Delivery[] = []
  const declared = new Map<Host, Pick<Delivery, 'item' | 'subject'>>()
  const note = (host: Host, about: Pick<Delivery, 'item' | 'subject' | 'verdict'>) => {
    const state = asked === undefined ? {} : { state: stateOf(host.node!.view, asked) }
    deliveries.push({ at: world.now, node: host.name, ...about, ...state })
  }
  world.watch({
    judged(host, { subject, hash, verdict }, made) {
      const item = made?.name ?? hash
      world.recorder.line({ type: 'verdict', at: world.now, node: host.name, subject, item, hash, verdict })
      note(host, { item, subject, verdict })
    },
    intervened(host, subject, block) {
      declared.set(host, { item: world.items.label(block), subject })
    },
    settled(host) {
      const word = declared.get(host)
      if (word === undefined) return
      declared.delete(host)
      note(host, word)
    },
  })
  return deliveries
}

/** What consensus determines, asked as far as the target can report; pools differ by policy. */
function stateOf(view: NodeView, asked: ReadonlySet<Capability>): NodeState {
  const { hash, height, chainWork } = view.tip()
  const hasCoins = asked.has('coinDigest')
  const parts = {
    tip: `${hash} at height ${height} with work ${chainWork}`,
    medianTime: unlessAbstained(() => String(view.medianTimePast())),
    coinDigest: hasCoins ? unlessAbstained(view.coinDigest) : undefined,
    coinCount: hasCoins ? unlessAbstained(() => String(view.coinCount())) : undefined,
  }
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined))
}

function unlessAbstained(ask: () => string): string | undefined {
  try {
    return ask()
  } catch (error) {
    if (error instanceof Abstention) return undefined
    throw error
  }
}
