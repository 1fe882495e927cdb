import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Engine, Strictness, Verdict } from '../../../ports/index.ts'
import type { CompiledItem, CompiledScenario, CompiledStep } from '../../../scenario/index.ts'
import { createEngineNode, type EngineNode } from './engine-nodes.ts'
import { describeVerdict } from './expectation.ts'
import { createExpectationLedger, type ExpectationResult } from './expectation-ledger.ts'
import { createLinks } from './links.ts'
import { createReference } from './reference.ts'

export interface ReplayOptions {
  /** How closely verdicts are compared; default `exact`. */
  readonly strictness?: Strictness
  /** Judge of coin digests. */
  readonly reference?: Engine
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
  /** The engine threw: in one line. */
  readonly error?: string
  /** Hash over all deliveries: equal runs have equal hashes. */
  readonly eventHash: string
}

/** Plays a scenario on an engine: one session per node, on a network without loss in which every node relays. */
export function replayOnEngine(
  compiled: CompiledScenario,
  engine: Engine,
  options: ReplayOptions = {},
): ReplayResult {
  const missing = missingFrom(compiled, engine)
  if (missing.length > 0)
    return { status: 'not-applicable', missing, expectations: [], deliveries: [], eventHash: hashOf([]) }
  const run = play(compiled, engine, options)
  const failed = run.error !== undefined || run.expectations.some((one) => one.status === 'fail')
  const judged = run.expectations.some((one) => one.status !== 'not-applicable')
  const status = failed ? 'fail' : judged ? 'pass' : 'not-applicable'
  return {
    ...run,
    status,
    missing: status === 'not-applicable' ? ['every expectation abstained'] : [],
    eventHash: hashOf(run.deliveries),
  }
}

/** Steps that only a whole node on a simulated network and disk can play. */
const NEEDS_SIMULATOR: ReadonlySet<CompiledStep['do']> = new Set([
  'message',
  'crash',
  'stop',
  'wipe',
  'restart',
  'disk',
  'pause',
  'resume',
])

function needsSimulator(step: CompiledStep): boolean {
  if (step.do === 'send') return step.as === 'announce'
  return step.do === 'clock' ? step.driftPpm !== 0 : NEEDS_SIMULATOR.has(step.do)
}

function missingFrom(compiled: CompiledScenario, engine: Engine): string[] {
  const lacking = [...compiled.requires].filter((need) => !engine.capabilities.has(need))
  const steps = compiled.steps
    .filter(needsSimulator)
    .map((step) => `step ${step.index} (${step.do}) needs the simulator`)
  const faults = compiled.scenario.network.faults.length > 0 ? ['message faults need the simulator'] : []
  return [...lacking, ...steps, ...faults]
}

type Event =
  | { readonly at: number; readonly step: CompiledStep }
  | { readonly at: number; readonly from: string; readonly to: string; readonly item: CompiledItem }
  | { readonly at: number; readonly deadline: true }

interface Run {
  readonly expectations: readonly ExpectationResult[]
  readonly deliveries: readonly Delivery[]
  readonly error?: string
}

function play(compiled: CompiledScenario, engine: Engine, options: ReplayOptions): Run {
  const nodes = new Map(compiled.nodes.map((node) => [node.name, createEngineNode(node, compiled, engine)]))
  const links = createLinks(compiled)
  const queue: Event[] = compiled.steps.map((step) => ({ at: step.at, step }))
  const deliveries: Delivery[] = []
  /** What has been sent along each link since it came up. */
  const told = new Map<string, Set<CompiledItem>>()
  const ledger = createExpectationLedger({
    compiled,
    observe: (name) => nodes.get(name)!.observation,
    digestAfter:
      options.reference === undefined ? () => undefined : createReference(compiled, options.reference),
    strictness: options.strictness ?? 'exact',
    capabilities: engine.capabilities,
  })
  let now = 0
  try {
    for (let event = queue.shift(); event !== undefined; event = queue.shift()) {
      now = event.at
      if ('step' in event) perform(event.step)
      else if ('item' in event) arrive(event)
      ledger.poll(now)
    }
    return { expectations: ledger.finish(now), deliveries }
  } catch (error) {
    const message = `${engine.name} threw at ${now} ms: ${String((error as Error).message ?? error).split('\n')[0]}`
    return { expectations: ledger.finish(now), deliveries, error: message }
  }

  function perform(step: CompiledStep): void {
    switch (step.do) {
      case 'send':
        for (const name of step.to ?? [compiled.nodes[0]!.name])
          for (const item of step.items)
            deliver(nodes.get(name)!, compiled.items.get(item)!, step.as === 'header')
        return
      case 'link':
        links.set(step.between[0], step.between[1], step.state)
        if (!step.oneWay) links.set(step.between[1], step.between[0], step.state)
        if (step.state === 'down') forget()
        else everybodyTells()
        return
      case 'partition':
        links.partition(step.groups)
        forget()
        return
      case 'heal':
        links.heal()
        everybodyTells()
        return
      case 'clock':
        nodes.get(step.node)!.clockOffsetSeconds = step.offsetSeconds
        return
      case 'invalidate':
      case 'reconsider': {
        const block = compiled.items.get(step.block)!
        const node = nodes.get(step.node ?? compiled.nodes[0]!.name)!
        if (block.kind === 'block') node[step.do](block)
        tell(node)
        return
      }
      case 'expect':
        ledger.begin(step, now)
        if (step.withinMs !== undefined) schedule({ at: now + step.withinMs, deadline: true })
        return
      default:
        throw new Error(`step ${step.index} (${step.do}) needs the simulator`)
    }
  }

  function deliver(node: EngineNode, item: CompiledItem, headerOnly: boolean): Verdict {
    const verdict = node.deliver(item, headerOnly ? 'header' : 'whole', now)
    deliveries.push({ at: now, node: node.name, item: item.name, verdict, tip: node.observation.tip().hash })
    if (verdict.outcome === 'connected' || verdict.outcome === 'accepted') tell(node)
    return verdict
  }

  function arrive({ from, to, item }: Extract<Event, { item: CompiledItem }>): void {
    const node = nodes.get(to)!
    const forgetItem = () => told.get(`${from} ${to}`)?.delete(item)
    if (links.state(from, to) !== 'up') forgetItem()
    else if (!node.has(item) && mayComeAgain(deliver(node, item, false))) forgetItem()
  }

  /** A node tells each peer what that peer has not heard from it. */
  function tell(node: EngineNode): void {
    for (const peer of links.peersOf(node.name)) {
      if (links.state(node.name, peer) !== 'up') continue
      const pair = `${node.name} ${peer}`
      const heard = told.get(pair) ?? new Set()
      told.set(pair, heard)
      for (const item of node.known()) {
        if (heard.has(item)) continue
        heard.add(item)
        told.get(`${peer} ${node.name}`)?.add(item)
        schedule({ at: now + links.latencyMs(node.name, peer), from: node.name, to: peer, item })
      }
    }
  }

  function everybodyTells(): void {
    for (const node of nodes.values()) tell(node)
  }

  function forget(): void {
    for (const pair of told.keys()) {
      const [from, to] = pair.split(' ') as [string, string]
      if (links.state(from, to) === 'down') told.delete(pair)
    }
  }

  /** After everything of the same time that is there already. */
  function schedule(event: Event): void {
    const position = queue.findIndex((other) => other.at > event.at)
    queue.splice(position === -1 ? queue.length : position, 0, event)
  }
}

/** Refused for now only: a peer that has it tells it again when it next has something to say. */
function mayComeAgain(verdict: Verdict): boolean {
  return verdict.outcome === 'rejected' && (verdict.class === 'premature' || verdict.class === 'missing')
}

function hashOf(deliveries: readonly Delivery[]): string {
  const lines = deliveries.map(
    ({ at, node, item, verdict, tip }) => `${at} ${node} ${item} ${describeVerdict(verdict)} ${tip}`,
  )
  return bytesToHex(sha256(utf8ToBytes(lines.join('\n'))))
}
