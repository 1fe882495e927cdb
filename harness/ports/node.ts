import type { Tip } from './engine.ts'
import type { ChainReference, HashHex } from './references.ts'
import type { Verdict } from './verdict.ts'

/**
 * Append-only files, as a node sees them. Un-synced bytes may vanish or tear when the machine stops.
 * Any method may throw: the machine has stopped, and the node that sees it will never run again.
 */
export interface Files {
  list(): string[]
  /** Bytes; 0 when there is no such file. */
  size(name: string): number
  /** Fewer bytes than asked for at the end of the file. */
  read(name: string, offset: number, length: number): Uint8Array
  /** Returns the offset at which the bytes were written. */
  append(name: string, bytes: Uint8Array): number
  truncate(name: string, length: number): void
  sync(name: string): void
  rename(from: string, to: string): void
  remove(name: string): void
}

export type StoreOperation =
  | { readonly put: Uint8Array; readonly value: Uint8Array }
  | { readonly delete: Uint8Array }

/** Sorted keys and values. A batch is atomic; a suffix of the batches since the last `sync` may vanish. */
export interface OrderedStore {
  get(key: Uint8Array): Uint8Array | undefined
  /** From `start` (included) to `end` (left out), in the order of the keys' bytes. */
  range(
    start: Uint8Array,
    end: Uint8Array,
    options?: { readonly reverse?: boolean; readonly limit?: number },
  ): Iterable<[Uint8Array, Uint8Array]>
  batch(operations: readonly StoreOperation[]): void
  sync(): void
  close(): void
}

/** What happens to a node. `peer` is the number of a connection, given by the world and never used twice. */
export type NodeEvent =
  | { readonly kind: 'start' }
  | {
      readonly kind: 'connected'
      readonly peer: number
      readonly inbound: boolean
      readonly address: string
      /** The operator trusts it: it may misbehave without being disconnected. */
      readonly trusted?: boolean
    }
  | { readonly kind: 'received'; readonly peer: number; readonly bytes: Uint8Array }
  | { readonly kind: 'disconnected'; readonly peer: number }
  /** What was sent to the peer piles up beyond the send buffer, or has drained. */
  | { readonly kind: 'congested'; readonly peer: number; readonly isCongested: boolean }
  | { readonly kind: 'wake' }
  | { readonly kind: 'continue' }
  | {
      readonly kind: 'submitHeader' | 'submitBlock' | 'submitTransaction'
      readonly bytes: Uint8Array
      readonly tag?: string
    }
  | { readonly kind: 'invalidate' | 'reconsider'; readonly hash: HashHex }
  | { readonly kind: 'stop' }

export type Subject = 'header' | 'block' | 'transaction'

/** What a node asks of the world, in this order. */
export type NodeEffect =
  | { readonly kind: 'send'; readonly peer: number; readonly bytes: Uint8Array }
  | { readonly kind: 'disconnect'; readonly peer: number; readonly reason: string }
  /** Wake me at this time (milliseconds of Unix time by the node's own clock); replaces an earlier request. */
  | { readonly kind: 'wakeAt'; readonly at: number }
  /** There is more to do: step me with `continue`, after whatever else has come in. */
  | { readonly kind: 'continue' }
  | {
      readonly kind: 'judged'
      readonly subject: Subject
      readonly hash: HashHex
      readonly verdict: Verdict
      /** As given with the submission. */
      readonly tag?: string
      /** The connection it came by; absent when it was submitted. */
      readonly peer?: number
    }
  | { readonly kind: 'tip'; readonly hash: HashHex; readonly height: number }
  | { readonly kind: 'log'; readonly level: string; readonly message: string }

/** How much a node has of a block. `valid`: it was on the active chain once, so its spending was judged. */
export type BlockStatus = 'unknown' | 'header' | 'stored' | 'valid' | 'invalid'

/** Questions that may be asked between two steps; none of them changes anything. */
export interface NodeView {
  tip(): Tip
  /** See `coin-digest.md` beside this file. */
  coinDigest(): string
  /** The same, counted over all coins as they are read now; may throw when one cannot be read. */
  recountedCoinDigest?(): string
  coinCount(): number
  balanceOf(script: Uint8Array): bigint
  mempool(): readonly HashHex[]
  medianTimePast(): number
  status(block: HashHex): BlockStatus
}

/** A whole node without input or output: one call, one event, its effects. `nowMs`: Unix time by the node's clock. */
export interface NodeUnderTest {
  step(event: NodeEvent, nowMs: number): readonly NodeEffect[]
  readonly view: NodeView
}

/** Everything a node is started with; after a crash a new one is started on what survived in the two stores. */
export interface NodeSetup {
  readonly name: string
  readonly chain: ChainReference
  readonly files: Files
  readonly store: OrderedStore
  /** A number in [0, 1), the node's only source of chance. */
  readonly entropy: () => number
  /** Settings of policy, never of consensus, by the scenario's names. */
  readonly policy?: Readonly<Record<string, unknown>>
}

export type NodeFactory = (setup: NodeSetup) => NodeUnderTest
