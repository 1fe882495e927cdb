import type { NodeEvent, NodeUnderTest } from '../../ports/index.ts'
import type { CompiledNode } from '../../scenario/index.ts'
import { SimulatedDisk } from './disk.ts'
import type { QueuedEvent } from './event-queue.ts'
import { createStream, type RandomStream } from './random.ts'

/** Something that will happen to a node. */
export interface NodeArrival extends QueuedEvent {
  readonly host: Host
  /** The life of the node it was meant for: nothing crosses a crash. */
  readonly boot: number
  readonly event: NodeEvent
  /** The connection it came by: what is still under way when that closes is lost. */
  readonly connection?: { readonly open: boolean }
  /** For `wake`: only the latest wish counts. */
  readonly wakeToken?: number
}

/** How a machine goes: it crashes, is shut down in order, loses its disk, or is up again. */
export type Way = 'crash' | 'stop' | 'wipe' | 'restart'

/** One machine of the simulated network: a disk and a clock that outlive the node running on it. */
export class Host {
  readonly name: string
  readonly index: number
  readonly disk = new SimulatedDisk()
  readonly entropy: RandomStream
  /** Names of the nodes whose misbehaviour this one's operator forgives. */
  readonly trusts: ReadonlySet<string>
  /** The node that runs here now; undefined while the machine is down. */
  node: NodeUnderTest | undefined
  /** How often a node was started here. */
  boot = 0
  paused = false
  /** Ahead of true time, when the clock was last set. */
  clockOffsetMs: number
  /** Millionths of the passing time that the clock gains since then. */
  clockDriftPpm = 0
  /** Virtual ms when the clock was last set. */
  clockSetAt = 0
  /** What waits for a paused node, or for one whose disk is slow. */
  backlog: NodeArrival[] = []
  /** The node has asked to be continued and has not been yet. */
  continuing = false
  /** Until then (virtual ms) the node waits for its disk. */
  busyUntil = 0
  /** The node has been asked to stop, and does when it has done what it is at. */
  stopping = false
  wakeToken = 0
  /** When the node wants to be woken, by its own clock (ms of Unix time). */
  wakeAt: number | undefined
  /** How much of the un-synced writes survives the crash that is to come, or came last. */
  survives = 0

  constructor(spec: CompiledNode, index: number) {
    this.name = spec.name
    this.index = index
    this.trusts = new Set(spec.trusts)
    this.clockOffsetMs = spec.clockOffsetSeconds * 1000
    this.entropy = createStream(0, 'entropy', spec.name)
  }

  get running(): boolean {
    return this.node !== undefined
  }
}
