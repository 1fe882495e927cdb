import type { RunDivergence } from '../../../reports/index.ts'
import type { HashHex, NodeEffect } from '../../ports/index.ts'
import type { CompiledItem, ItemTable } from '../../scenario/index.ts'
import type { Host, Way } from './host.ts'

export type Judgement = Extract<NodeEffect, { kind: 'judged' }>

/** What went wrong, as a watcher reports it; the simulation adds when. */
export type Finding = Omit<RunDivergence, 'type' | 'at' | 'event'>

/** What a watcher may look at. */
export interface WatchedRun {
  readonly items: ItemTable
  readonly hosts: readonly Host[]
  /** Ms of virtual time. */
  readonly now: number
  /** Unix seconds by this host's clock. */
  clockOf(host: Host): number
  report(finding: Finding): void
  /** Something rare has happened: counted as coverage. */
  mark(name: string): void
}

/** Looks on while nodes run. Every method is optional; all are called in the order in which things happen. */
export interface Watcher {
  /** `item` is what the node was judging, byte for byte, when the simulation knows it. */
  judged?(host: Host, judgement: Judgement, item: CompiledItem | undefined): void
  tip?(host: Host, hash: HashHex, height: number): void
  /** The node has nothing left to do for what it has received so far. */
  settled?(host: Host): void
  /** The node has shut down in order, and its machine stops now. */
  stopping?(host: Host): void
  /** The machine has stopped, in whatever way. */
  crashed?(host: Host, way: Way): void
  restarted?(host: Host): void
  /** The node is about to get the operator's command. */
  intervened?(host: Host, kind: 'invalidate' | 'reconsider', block: HashHex): void
  /** The run is over. */
  finished?(): void
}
