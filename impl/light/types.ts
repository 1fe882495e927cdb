import type { ChainParameters } from '../chains/index.ts'
import type { HeadersPresync } from '../peers/index.ts'
import type { Crypto } from '../script-engine/index.ts'
import type { OrderedStore } from '../storage/index.ts'
import type { FrameReader } from '../wire/index.ts'
import type { HeaderChain } from './header-chain.ts'
import type { LightStore } from './light-store.ts'

/** Everything a light node is started with. */
export interface LightSetup {
  readonly chain: ChainParameters
  /** Headers and hashes of filters are kept in it; it must hold nothing else. */
  readonly store: OrderedStore
  readonly crypto: Crypto
  /** A number in [0, 1). */
  readonly entropy: () => number
  /** Peers that must agree on filters before they are believed. */
  readonly witnessesMin: number
  /** A question that has waited so long is asked of another peer. */
  readonly answerMs: number
}

export type LightEvent =
  | { readonly kind: 'connected'; readonly peer: number }
  | { readonly kind: 'received'; readonly peer: number; readonly bytes: Uint8Array }
  | { readonly kind: 'disconnected'; readonly peer: number }
  | { readonly kind: 'wake' }
  /** Make everything durable; the node may then be dropped. */
  | { readonly kind: 'stop' }
  /** Look for payments to and from these output scripts, from a height on. Asked once, before the first connection. */
  | { readonly kind: 'watch'; readonly scripts: readonly Uint8Array[]; readonly fromHeight: number }

export type LightEffect =
  | { readonly kind: 'send'; readonly peer: number; readonly bytes: Uint8Array }
  | { readonly kind: 'disconnect'; readonly peer: number; readonly reason: string }
  | { readonly kind: 'wakeAt'; readonly at: number }
  | { readonly kind: 'tip'; readonly hash: string; readonly height: number }
  /** A transaction that concerns a watched script, with what `provesInclusion` asks for. */
  | {
      readonly kind: 'found'
      readonly block: string
      readonly height: number
      readonly transaction: Uint8Array
      /** The block's coinbase, which the proof covers too. */
      readonly coinbase: Uint8Array
      readonly merkleProof: Uint8Array
    }
  /** Everything found above this height has left the best chain. */
  | { readonly kind: 'lost'; readonly aboveHeight: number }
  /** Every block up to this height has been searched. */
  | { readonly kind: 'searched'; readonly height: number }

/** One connection of a light node. */
export interface LightPeer {
  readonly id: number
  readonly reader: FrameReader
  isReady: boolean
  servesFilters: boolean
  /** It has answered a question for headers: until then our chain may be one that it has left. */
  hasSentHeaders: boolean
  /** Milliseconds of Unix time; absent when it owes no headers. */
  headersAskedAt: number | undefined
  /** A long branch of it that has yet to show its work. */
  presync: HeadersPresync | undefined
}

/** What the parts of a light node share. */
export interface LightContext {
  readonly setup: LightSetup
  readonly headers: HeaderChain
  readonly store: LightStore
  readonly peers: ReadonlyMap<number, LightPeer>
  readonly now: number
  message(peer: LightPeer, command: string, payload: Uint8Array): void
  disconnect(peer: LightPeer, reason: string): void
  emit(effect: LightEffect): void
}
