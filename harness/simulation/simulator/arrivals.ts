import type { NodeEffect, NodeEvent } from '../../ports/index.ts'
import type { Host, NodeArrival } from './host.ts'
import type { Machines } from './machines.ts'
import type { Network } from './network.ts'
import type { RunHash } from './run-hash.ts'
import type { ScriptedPeers } from './scripted-peer.ts'
import type { Twins } from './twins.ts'
import type { Watcher } from './watcher.ts'

/** What the arrivals need of the simulation around them. */
export interface ArrivalWorld {
  readonly hash: RunHash
  readonly machines: Machines
  readonly network: Network
  readonly scripted: ScriptedPeers
  readonly twins: Twins
  readonly watchers: readonly Watcher[]
  /** Ms of virtual time. */
  now(): number
  /** Somebody was wrong: nothing more happens. */
  isOver(): boolean
  arrive(arrival: Omit<NodeArrival, 'rank'>): void
  later(at: number, act: () => void): void
  mark(name: string): void
}

const OPERATORS_EVENTS: ReadonlySet<NodeEvent['kind']> = new Set([
  'submitHeader',
  'submitBlock',
  'submitTransaction',
  'invalidate',
  'reconsider',
  'stop',
])

/** What comes to the nodes: each is stepped, what it asks for is carried out, and the watchers hear of it. */
export class Arrivals {
  readonly #world: ArrivalWorld
  /** Events that came to a node. */
  events = 0
  /** Blocks judged, by all nodes together. */
  blocks = 0

  constructor(world: ArrivalWorld) {
    this.#world = world
  }

  happen(arrival: NodeArrival, isTakenUp = false): void {
    const { now, hash, machines, twins, watchers } = this.#world
    const { host, event } = arrival
    if (host.node === undefined || arrival.boot !== host.boot) return
    if (arrival.connection?.open === false) return
    if (arrival.wakeToken !== undefined && arrival.wakeToken !== host.wakeToken) return
    if (host.paused || (!isTakenUp && (host.busyUntil > now() || host.backlog.length > 0))) {
      host.backlog.push(arrival)
      return
    }
    if (OPERATORS_EVENTS.has(event.kind) && host.continuing) {
      // An operator is heard when the node has done what it is at; peers talk all the time.
      this.#world.arrive({ ...arrival, at: now() })
      return
    }
    this.events++
    hash.arrival(now(), arrival)
    if (event.kind === 'continue') host.continuing = false
    if (event.kind === 'wake') host.wakeAt = undefined
    if (event.kind === 'received') twins.received(host, event.peer, event.bytes)
    if (event.kind === 'invalidate' || event.kind === 'reconsider')
      for (const watcher of watchers) watcher.intervened?.(host, event.kind, event.hash)
    const { writes } = host.disk
    const effects = machines.step(host, event)
    for (const effect of effects) this.#carryOut(host, effect)
    this.#waitForDisk(host, writes)
    if (event.kind === 'stop') host.stopping = true
    if (host.disk.stopped) machines.crash(host)
    else if (!host.continuing) this.#settle(host)
  }

  #carryOut(host: Host, effect: NodeEffect): void {
    const { now, hash, machines, network, scripted, twins, watchers } = this.#world
    hash.effect(now(), host, effect)
    switch (effect.kind) {
      case 'send': {
        const peer = scripted.behind(host, effect.peer)
        if (peer !== undefined) peer.hear(effect.bytes)
        else network.send(effect.peer, effect.bytes)
        break
      }
      case 'disconnect': {
        const peer = scripted.behind(host, effect.peer)
        if (peer !== undefined) peer.hungUpOn()
        else network.hangUp(effect.peer)
        break
      }
      case 'wakeAt':
        machines.planWake(host, effect.at)
        break
      case 'continue':
        if (!host.continuing) machines.deliver(host, { kind: 'continue' })
        host.continuing = true
        break
      case 'judged': {
        if (effect.subject === 'block') this.blocks++
        const item = twins.judged(host, effect)
        for (const watcher of watchers) watcher.judged?.(host, effect, item)
        break
      }
      case 'tip':
        for (const watcher of watchers) watcher.tip?.(host, effect.hash, effect.height)
    }
  }

  /** Lets a node that has waited for its disk take up what has come in the meantime. */
  #takeUp(host: Host): void {
    while (!host.paused && host.busyUntil <= this.#world.now() && !this.#world.isOver()) {
      const arrival = host.backlog.shift()
      if (arrival === undefined) return
      this.happen(arrival, true)
    }
  }

  #waitForDisk(host: Host, writesBefore: number): void {
    const writes = host.disk.writes - writesBefore
    if (writes === 0 || host.disk.msPerWrite === 0) return
    host.busyUntil = this.#world.now() + writes * host.disk.msPerWrite
    this.#world.mark('waited-for-disk')
    this.#world.later(host.busyUntil, () => this.#takeUp(host))
  }

  #settle(host: Host): void {
    const { machines, twins, watchers } = this.#world
    twins.settled(host)
    for (const watcher of watchers) watcher.settled?.(host)
    if (!host.stopping) return
    for (const watcher of watchers) watcher.stopping?.(host)
    host.survives = 0
    machines.crash(host, 'stop')
  }
}
