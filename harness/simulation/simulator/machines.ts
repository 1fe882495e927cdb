import type { ChainReference, NodeEffect, NodeEvent, NodeFactory } from '../../ports/index.ts'
import type { Host, NodeArrival, Way } from './host.ts'
import type { Finding } from './watcher.ts'

/** What the machines need of the simulation around them. */
export interface MachineWorld {
  /** Ms of virtual time. */
  now(): number
  arrive(arrival: Omit<NodeArrival, 'rank'>): void
  report(finding: Finding): void
  mark(name: string): void
  /** The machine has just stopped, or is up again. */
  went(host: Host, way: Way): void
}

const PPM = 1_000_000

/** The lives of the machines: nodes start on them, are stepped, stop, and start again on what has survived. */
export class Machines {
  readonly #world: MachineWorld
  readonly #chain: ChainReference
  readonly #createNode: NodeFactory
  readonly #startTimeMs: number

  constructor(
    world: MachineWorld,
    setup: { readonly chain: ChainReference; readonly createNode: NodeFactory; readonly startTimeMs: number },
  ) {
    this.#world = world
    this.#chain = setup.chain
    this.#createNode = setup.createNode
    this.#startTimeMs = setup.startTimeMs
  }

  /** Ms of Unix time by this host's clock. */
  clockMs(host: Host): number {
    return this.#clockAt(host, this.#world.now())
  }

  start(host: Host): void {
    host.boot++
    host.backlog = []
    host.paused = false
    host.continuing = false
    host.stopping = false
    host.busyUntil = 0
    const { name, disk, entropy } = host
    const setup = { name, chain: this.#chain, files: disk.files, store: disk.store, entropy: entropy.next }
    try {
      host.node = this.#createNode(setup)
    } catch (error) {
      this.#blame(host, 'opening', error)
      disk.stop()
      return
    }
    this.deliver(host, { kind: 'start' })
  }

  restart(host: Host): void {
    if (host.running) return
    host.disk.recover(host.survives)
    this.start(host)
    if (host.running) this.#world.went(host, 'restart')
  }

  /** The machine stops now; what it has not synced is lost when it starts again. */
  crash(host: Host, way: Exclude<Way, 'restart'> = 'crash'): void {
    if (!host.running) return
    host.node = undefined
    host.disk.stop()
    host.wakeAt = undefined
    this.#world.went(host, way)
  }

  /** The machine stops now, if it has not before, and its disk is emptied. */
  wipe(host: Host): void {
    if (host.running) this.crash(host, 'wipe')
    else this.#world.went(host, 'wipe')
    host.disk.wipe()
  }

  pause(host: Host): void {
    host.paused = true
  }

  resume(host: Host): void {
    host.paused = false
    for (const arrival of host.backlog.splice(0)) this.#world.arrive({ ...arrival, at: this.#world.now() })
  }

  /** The host's clock jumps to this offset from true time, and from now on gains so many millionths. */
  setClock(host: Host, offsetMs: number, driftPpm: number): void {
    host.clockOffsetMs = offsetMs
    host.clockDriftPpm = driftPpm
    host.clockSetAt = this.#world.now()
    if (host.wakeAt !== undefined) this.planWake(host, host.wakeAt)
  }

  /** Something happens to a node now, after whatever is already under way for this moment. */
  deliver(host: Host, event: NodeEvent): void {
    this.#world.arrive({ at: this.#world.now(), host, boot: host.boot, event })
  }

  /** Wakes the node at this time by its own clock, and not at any earlier wish of its. */
  planWake(host: Host, at: number): void {
    host.wakeAt = at
    host.wakeToken++
    const virtual = this.#momentOf(host, at)
    const { boot, wakeToken } = host
    const event = { kind: 'wake' } as const
    this.#world.arrive({ at: virtual, host, boot, event, wakeToken })
  }

  /** One step of a node; no effects when the machine stops in the midst of it. */
  step(host: Host, event: NodeEvent): readonly NodeEffect[] {
    try {
      return host.node!.step(event, this.clockMs(host))
    } catch (error) {
      this.#blame(host, event.kind, error)
      this.crash(host)
      return []
    }
  }

  /** Ms of Unix time by this host's clock at a moment of virtual time. */
  #clockAt(host: Host, virtual: number): number {
    const gained = Math.floor(((virtual - host.clockSetAt) * host.clockDriftPpm) / PPM)
    return this.#startTimeMs + virtual + host.clockOffsetMs + gained
  }

  /** The first moment of virtual time, not before now, at which this host's clock shows this time or a later one. */
  #momentOf(host: Host, at: number): number {
    const now = this.#world.now()
    const missing = at - this.#clockAt(host, now)
    if (missing <= 0) return now
    let moment = now + Math.max(Math.floor(missing / (1 + host.clockDriftPpm / PPM)) - 1, 0)
    while (this.#clockAt(host, moment) < at) moment++
    return moment
  }

  /** An exception out of a machine that has stopped, or has a full disk, is its end; any other is the node's fault. */
  #blame(host: Host, doing: string, error: unknown): void {
    if (host.disk.stopped || host.disk.full) return
    if (host.disk.damaged && isCleanStop(error)) {
      this.#world.mark('damage-noticed')
      return
    }
    const actual = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const text = `${host.name} threw on ${doing}: ${actual.split('\n', 1)[0]}`
    this.#world.report({ oracle: 'exception', node: host.name, expected: 'no exception', actual, text })
  }
}

/** A node that finds its data damaged says so; one that trips over it has not found anything. */
function isCleanStop(error: unknown): boolean {
  const slips = [TypeError, RangeError, ReferenceError, SyntaxError]
  return error instanceof Error && !slips.some((slip) => error instanceof slip)
}
