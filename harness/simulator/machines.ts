import type { ChainReference } from '../ports/engine.ts'
import type { NodeEffect, NodeEvent, NodeFactory } from '../ports/node.ts'
import type { Host, NodeArrival } from './host.ts'
import type { Finding } from './watcher.ts'

/** What the machines need of the simulation around them. */
export interface MachineWorld {
  /** Ms of virtual time. */
  now(): number
  arrive(arrival: Omit<NodeArrival, 'rank'>): void
  report(finding: Finding): void
  /** The machine has just stopped, or is up again. */
  went(host: Host, way: 'down' | 'up'): void
}

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
    return this.#startTimeMs + this.#world.now() + host.clockOffsetMs
  }

  start(host: Host): void {
    host.boot++
    host.backlog = []
    host.paused = false
    host.continuing = false
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
    if (host.running) this.#world.went(host, 'up')
  }

  /** The machine stops now; what it has not synced is lost when it starts again. */
  crash(host: Host): void {
    if (!host.running) return
    host.node = undefined
    host.disk.stop()
    host.wakeAt = undefined
    this.#world.went(host, 'down')
  }

  pause(host: Host): void {
    host.paused = true
  }

  resume(host: Host): void {
    host.paused = false
    for (const arrival of host.backlog.splice(0)) this.#world.arrive({ ...arrival, at: this.#world.now() })
  }

  /** The host's clock jumps to this offset from true time. */
  setClock(host: Host, offsetMs: number): void {
    host.clockOffsetMs = offsetMs
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
    const virtual = at - this.#startTimeMs - host.clockOffsetMs
    const { boot, wakeToken } = host
    const event = { kind: 'wake' } as const
    this.#world.arrive({ at: Math.max(this.#world.now(), virtual), host, boot, event, wakeToken })
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

  /** An exception out of a machine that has stopped, or has a full disk, is its end; any other is the node's fault. */
  #blame(host: Host, doing: string, error: unknown): void {
    if (host.disk.stopped || host.disk.full) return
    const actual = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const text = `${host.name} threw on ${doing}: ${actual.split('\n', 1)[0]}`
    this.#world.report({ oracle: 'exception', node: host.name, expected: 'no exception', actual, text })
  }
}
