import type { RunDivergence, RunRecord } from '../../../reports/index.ts'
import type { ChainReference, NodeEffect, NodeEvent, NodeFactory } from '../../ports/index.ts'
import type { CompiledItem, CompiledNode, CompiledStep, ItemTable } from '../../scenario/index.ts'
import { disturbMessage, type MessageFault } from '../disturbances/index.ts'
import { describeStep } from './describe-step.ts'
import { EventQueue, type QueuedEvent } from './event-queue.ts'
import { Host, type NodeArrival, type Way } from './host.ts'
import { Machines, type MachineWorld } from './machines.ts'
import { Network } from './network.ts'
import type { PassingMessage } from './passage.ts'
import { Recorder } from './recorder.ts'
import { RunHash } from './run-hash.ts'
import { type Manner, ScriptedPeer } from './scripted-peer.ts'
import { performStep, type StepWorld } from './steps.ts'
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

const OPERATORS_EVENTS: ReadonlySet<NodeEvent['kind']> = new Set([
  'submitHeader',
  'submitBlock',
  'submitTransaction',
  'invalidate',
  'reconsider',
  'stop',
])

/** A deterministic world of nodes: one queue, one clock, one thread. */
export class Simulation implements WatchedRun, StepWorld {
  readonly items: ItemTable
  readonly hosts: readonly Host[]
  readonly network: Network
  readonly machines: Machines
  readonly recorder: Recorder
  readonly hash: RunHash
  readonly marks = new Set<string>()
  divergence: RunDivergence | undefined
  events = 0
  /** Blocks judged, by all nodes together. */
  blocks = 0
  now = 0
  readonly #setup: SimulationSetup
  readonly #queue = new EventQueue<NodeArrival | Turn>()
  readonly #watchers: Watcher[] = []
  readonly #scripted = new Map<Host, ScriptedPeer>()
  readonly #twins: Twins

  constructor(setup: SimulationSetup) {
    this.#setup = setup
    this.items = setup.items
    this.#twins = new Twins(setup.items)
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
    this.recorder.line({
      type: 'run',
      format: 'touchstone-run/1',
      title: setup.title,
      chain: setup.chainName,
      nodes: setup.nodes.map((node) => node.name),
      startTimeMs: setup.startTimeMs,
      genesis: this.items.named('genesis').hash,
      ...(setup.faults === undefined ? {} : { faults: setup.faults }),
    })
    this.#link(setup.nodes)
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
    const host = this.hosts.find((one) => one.name === name)
    if (host === undefined) throw new Error(`no node is named ${name}`)
    return host
  }

  /** Calls back at this time, when nothing else is left to happen then. */
  schedule(at: number, act: () => void): void {
    this.#queue.push({ at, rank: STEP_RANK, act })
  }

  /** Carries out a step of a scenario now. */
  perform(step: CompiledStep): void {
    this.events++
    this.hash.step(this.now, `${step.index} ${describeStep(step)}`)
    this.recorder.step(step)
    performStep(this, step)
  }

  /** Runs until there is nothing left to do before this time, somebody was wrong, or too much has happened. */
  run(untilMs: number, maxEvents: number): 'done' | 'diverged' | 'too-long' {
    for (let next = this.#queue.peek(); next !== undefined && next.at <= untilMs; next = this.#queue.peek()) {
      if (this.divergence !== undefined) return 'diverged'
      if (this.events >= maxEvents) return 'too-long'
      this.#queue.pop()
      this.now = Math.max(this.now, next.at)
      if ('act' in next) next.act()
      else this.#happen(next)
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

  hand(host: Host, item: CompiledItem, manner: Manner): void {
    this.#scriptedPeerOf(host).hand(item, manner)
  }

  say(host: Host, bytes: Uint8Array): void {
    this.#scriptedPeerOf(host).say(bytes)
  }

  /** Scripted peers owe nobody an answer; nodes that wait for one from them would wait for long. */
  dismissScriptedPeers(): void {
    for (const peer of this.#scripted.values()) peer.leave()
  }

  intervene(host: Host, kind: 'invalidate' | 'reconsider', hash: string): void {
    this.machines.deliver(host, { kind, hash })
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

  /** Lets a node that has waited for its disk take up what has come in the meantime. */
  #takeUp(host: Host): void {
    while (!host.paused && host.busyUntil <= this.now && this.divergence === undefined) {
      const arrival = host.backlog.shift()
      if (arrival === undefined) return
      this.#happen(arrival, true)
    }
  }

  #waitForDisk(host: Host, writesBefore: number): void {
    const writes = host.disk.writes - writesBefore
    if (writes === 0 || host.disk.msPerWrite === 0) return
    host.busyUntil = this.now + writes * host.disk.msPerWrite
    this.mark('waited-for-disk')
    this.#queue.push({ at: host.busyUntil, rank: WORLD_RANK, act: () => this.#takeUp(host) })
  }

  #happen(arrival: NodeArrival, isTakenUp = false): void {
    const { host, event } = arrival
    if (host.node === undefined || arrival.boot !== host.boot) return
    if (arrival.connection?.open === false) return
    if (arrival.wakeToken !== undefined && arrival.wakeToken !== host.wakeToken) return
    if (host.paused || (!isTakenUp && (host.busyUntil > this.now || host.backlog.length > 0))) {
      host.backlog.push(arrival)
      return
    }
    if (OPERATORS_EVENTS.has(event.kind) && host.continuing) {
      // An operator is heard when the node has done what it is at; peers talk all the time.
      this.#queue.push({ ...arrival, at: this.now })
      return
    }
    this.events++
    this.hash.arrival(this.now, arrival)
    if (event.kind === 'continue') host.continuing = false
    if (event.kind === 'wake') host.wakeAt = undefined
    if (event.kind === 'received') this.#twins.received(host, event.peer, event.bytes)
    if (event.kind === 'invalidate' || event.kind === 'reconsider')
      for (const watcher of this.#watchers) watcher.intervened?.(host, event.kind, event.hash)
    const { writes } = host.disk
    const effects = this.machines.step(host, event)
    for (const effect of effects) this.#carryOut(host, effect)
    this.#waitForDisk(host, writes)
    if (event.kind === 'stop') host.stopping = true
    if (host.disk.stopped) this.machines.crash(host)
    else if (!host.continuing) this.#settle(host)
  }

  #carryOut(host: Host, effect: NodeEffect): void {
    this.hash.effect(this.now, host, effect)
    switch (effect.kind) {
      case 'send': {
        const scripted = this.#scripted.get(host)
        if (scripted?.isKnownAs(effect.peer)) scripted.hear(effect.bytes)
        else this.network.send(effect.peer, effect.bytes)
        break
      }
      case 'disconnect': {
        const scripted = this.#scripted.get(host)
        if (scripted?.isKnownAs(effect.peer)) scripted.hungUpOn()
        else this.network.hangUp(effect.peer)
        break
      }
      case 'wakeAt':
        this.machines.planWake(host, effect.at)
        break
      case 'continue':
        if (!host.continuing) this.machines.deliver(host, { kind: 'continue' })
        host.continuing = true
        break
      case 'judged': {
        if (effect.subject === 'block') this.blocks++
        const item = this.#twins.judged(host, effect)
        for (const watcher of this.#watchers) watcher.judged?.(host, effect, item)
        break
      }
      case 'tip':
        for (const watcher of this.#watchers) watcher.tip?.(host, effect.hash, effect.height)
    }
  }

  #settle(host: Host): void {
    this.#twins.settled(host)
    for (const watcher of this.#watchers) watcher.settled?.(host)
    if (!host.stopping) return
    for (const watcher of this.#watchers) watcher.stopping?.(host)
    host.survives = 0
    this.machines.crash(host, 'stop')
  }

  #scriptedPeerOf(host: Host): ScriptedPeer {
    const known = this.#scripted.get(host)
    if (known !== undefined) return known
    const world = {
      unixTime: () => this.clockOf(host),
      takePeerNumber: () => this.network.takePeerNumber(),
      deliver: (to: Host, event: NodeEvent) => this.machines.deliver(to, event),
    }
    const peer = new ScriptedPeer(world, host, Buffer.from(this.#setup.magic, 'hex'))
    this.#scripted.set(host, peer)
    return peer
  }
}
