import type { RunDivergence, RunRecord } from '../../../reports/index.ts'
import type { ChainReference, NodeFactory } from '../../ports/index.ts'
import {
  type CompiledNode,
  type CompiledStep,
  describeStep,
  type ItemTable,
  performStep,
  type StepWorld,
} from '../../scenario/index.ts'
import { disturbMessage, type MessageFault } from '../disturbances/index.ts'
import { Arrivals } from './arrivals.ts'
import { EventQueue, type QueuedEvent } from './event-queue.ts'
import { Host, type NodeArrival, type Way } from './host.ts'
import { Machines, type MachineWorld } from './machines.ts'
import { Network } from './network.ts'
import type { PassingMessage } from './passage.ts'
import { Recorder } from './recorder.ts'
import { RunHash } from './run-hash.ts'
import { ScriptedPeers } from './scripted-peer.ts'
import { createStepWorld } from './step-world.ts'
import { Twins } from './twins.ts'
import type { Finding, WatchedRun, Watcher } from './watcher.ts'

/** What a simulated world is made of. */
export interface SimulationSetup {
  readonly title: string
  readonly chain: ChainReference
  readonly chainName: string
  /** Four bytes that start each message, as hex. */
  readonly magic: string
  /** Unix ms of virtual time 0. */
  readonly startTimeMs: number
  readonly nodes: readonly CompiledNode[]
  readonly latencyMs: (first: string, second: string) => number
  readonly items: ItemTable
  readonly createNode: NodeFactory
  readonly faultOf: (message: PassingMessage) => MessageFault | undefined
  readonly record?: ((line: RunRecord) => void) | undefined
  /** The hazards that were drawn for this run, for its record. */
  readonly faults?: readonly string[] | undefined
  /** The scenario as it may be written to a file, for the run's record. */
  readonly story?: unknown
  /** Keep every event as a line of text. */
  readonly traced?: boolean
}

/** A turn of the world: an action of the scenario or of the network itself. */
interface Turn extends QueuedEvent {
  readonly act: () => void
}

/** A step of the scenario comes after whatever else happens at the same moment, what the step before did included. */
const STEP_RANK = 1
const WORLD_RANK = 0

/** A deterministic world of nodes: one queue, one clock, one thread. */
export class Simulation implements WatchedRun {
  readonly items: ItemTable
  readonly hosts: readonly Host[]
  readonly network: Network
  readonly machines: Machines
  readonly recorder: Recorder
  readonly hash: RunHash
  readonly marks = new Set<string>()
  divergence: RunDivergence | undefined
  now = 0
  readonly #setup: SimulationSetup
  readonly #queue = new EventQueue<NodeArrival | Turn>()
  readonly #watchers: Watcher[] = []
  readonly #arrivals: Arrivals
  readonly #steps: StepWorld
  #performed = 0

  constructor(setup: SimulationSetup) {
    this.#setup = setup
    this.items = setup.items
    this.hosts = setup.nodes.map((node, index) => new Host(node, index))
    this.hash = new RunHash(setup.traced ?? false)
    this.recorder = new Recorder(setup.record, this)
    this.network = new Network({
      now: () => this.now,
      later: (at, act) => this.#queue.push({ at, rank: WORLD_RANK, act }),
      deliver: (host, at, event, connection) => {
        const arrival = { at, rank: WORLD_RANK, host, boot: host.boot, event }
        this.#queue.push(connection === undefined ? arrival : { ...arrival, connection })
      },
      passageOf: (message) => {
        const fault = setup.faultOf(message)
        const disturbed = fault && disturbMessage(message.bytes, fault)
        if (disturbed !== undefined) this.mark(disturbed.name)
        return disturbed?.passage
      },
      observe: (from, to, bytes, fate, arrivesAt) => this.recorder.message(from, to, bytes, fate, arrivesAt),
    })
    this.machines = new Machines(this.#machineWorld(), setup)
    const scripted = new ScriptedPeers(
      {
        clockOf: (host) => this.clockOf(host),
        takePeerNumber: () => this.network.takePeerNumber(),
        deliver: (host, event) => this.machines.deliver(host, event),
      },
      setup.magic,
    )
    this.#arrivals = this.#createArrivals(scripted)
    this.#steps = createStepWorld(this, scripted)
    this.recorder.line({
      type: 'run',
      format: 'touchstone-run/1',
      title: setup.title,
      chain: setup.chainName,
      nodes: setup.nodes.map((node) => node.name),
      startTimeMs: setup.startTimeMs,
      genesis: this.items.named('genesis').hash,
      ...(setup.faults === undefined ? {} : { faults: setup.faults }),
      ...(setup.story === undefined ? {} : { story: setup.story }),
    })
    this.#link(setup.nodes)
  }

  /** Steps performed, and events that came to a node. */
  get events(): number {
    return this.#performed + this.#arrivals.events
  }

  /** Blocks judged, by all nodes together. */
  get blocks(): number {
    return this.#arrivals.blocks
  }

  watch(watcher: Watcher): void {
    this.#watchers.push(watcher)
  }

  /** Starts every node; their connections open at once. */
  boot(): void {
    for (const host of this.hosts) this.machines.start(host)
    this.network.connectAll()
  }

  host(name: string): Host {
    const host = this.hosts.find((candidate) => candidate.name === name)
    if (host === undefined) throw new Error(`no node is named ${name}`)
    return host
  }

  /** Calls back at this time, when nothing else is left to happen then. */
  schedule(at: number, act: () => void): void {
    this.#queue.push({ at, rank: STEP_RANK, act })
  }

  /** Carries out a step of a scenario now. */
  perform(step: CompiledStep): void {
    this.#performed++
    this.hash.step(this.now, `${step.index} ${describeStep(step)}`)
    this.recorder.step(step)
    performStep(this.#steps, step)
  }

  /** Runs until there is nothing left to do before this time, somebody was wrong, or too much has happened. */
  run(untilMs: number, maxEvents: number): 'done' | 'diverged' | 'too-long' {
    for (let next = this.#queue.peek(); next !== undefined && next.at <= untilMs; next = this.#queue.peek()) {
      if (this.divergence !== undefined) return 'diverged'
      if (this.events >= maxEvents) return 'too-long'
      this.#queue.pop()
      this.now = Math.max(this.now, next.at)
      if ('act' in next) next.act()
      else this.#arrivals.happen(next)
    }
    if (this.divergence !== undefined) return 'diverged'
    this.now = Math.max(this.now, untilMs)
    return 'done'
  }

  /** Unix seconds by this host's clock. */
  clockOf(host: Host): number {
    return Math.floor(this.machines.clockMs(host) / 1000)
  }

  report(finding: Finding): void {
    if (this.divergence !== undefined) return
    this.divergence = { type: 'divergence', at: this.now, event: this.events, ...finding }
    this.recorder.line(this.divergence)
  }

  mark(name: string): void {
    this.marks.add(name)
  }

  finish(): void {
    for (const watcher of this.#watchers) watcher.finished?.()
  }

  #link(nodes: readonly CompiledNode[]): void {
    const linked = new Set<string>()
    for (const node of nodes)
      for (const peer of node.peers) {
        const pair = [node.name, peer].sort().join(' ')
        if (linked.has(pair)) continue
        linked.add(pair)
        this.network.addLink(this.host(node.name), this.host(peer), this.#setup.latencyMs(node.name, peer))
      }
  }

  #machineWorld(): MachineWorld {
    return {
      now: () => this.now,
      arrive: (arrival) => this.#queue.push({ ...arrival, rank: WORLD_RANK }),
      report: (finding) => this.report(finding),
      mark: (name) => this.mark(name),
      went: (host, way) => this.#went(host, way),
    }
  }

  #went(host: Host, way: Way): void {
    this.mark(way)
    if (way === 'restart') {
      for (const watcher of this.#watchers) watcher.restarted?.(host)
      this.network.hostUp(host)
    } else {
      this.network.hostDown(host)
      this.recorder.change(host, way, '')
      for (const watcher of this.#watchers) watcher.crashed?.(host, way)
    }
  }

  #createArrivals(scripted: ScriptedPeers): Arrivals {
    const { hash, machines, network } = this
    return new Arrivals({
      hash,
      machines,
      network,
      scripted,
      twins: new Twins(this.items),
      watchers: this.#watchers,
      now: () => this.now,
      isOver: () => this.divergence !== undefined,
      arrive: (arrival) => this.#queue.push({ ...arrival, rank: WORLD_RANK }),
      later: (at, act) => this.#queue.push({ at, rank: WORLD_RANK, act }),
      mark: (name) => this.mark(name),
    })
  }
}
