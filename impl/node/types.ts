import type { ConnectionPurpose } from '../peers/index.ts'
import type { BlockVerdict } from '../validation/index.ts'

/** A peer's number, assigned by the owner of the connections; never reused while the node runs. */
type PeerId = number

export type Subject = 'header' | 'block' | 'transaction'

/** The operator's word about a block: it is invalid, it is not, it comes first among equals. */
export interface OperatorOverride {
  readonly kind: 'invalidate' | 'reconsider' | 'precious'
  readonly hash: string
}

/** All that can happen to a node. Hashes are hex as people write them; bytes are whole serialized items. */
export type NodeEvent =
  | { readonly kind: 'start' }
  | {
      readonly kind: 'connected'
      readonly peer: PeerId
      readonly inbound: boolean
      readonly address: string
      /** It may misbehave without being disconnected. [Core permission noban] */
      readonly trusted?: boolean
      /** Of a connection that we opened; for everything where it is left out. */
      readonly purpose?: ConnectionPurpose
    }
  /** Any chunk of the peer's byte stream; messages are cut out of it inside. */
  | { readonly kind: 'received'; readonly peer: PeerId; readonly bytes: Uint8Array }
  | { readonly kind: 'disconnected'; readonly peer: PeerId }
  /** What was sent to the peer piles up beyond the send buffer outside, or has drained. [Core fPauseSend, -maxsendbuffer] */
  | { readonly kind: 'congested'; readonly peer: PeerId; readonly isCongested: boolean }
  /** The moment asked for by `wakeAt` has come. */
  | { readonly kind: 'wake' }
  /** Answer to the effect `continue`: go on with unfinished work. Every other event goes on with it too. */
  | { readonly kind: 'continue' }
  | {
      readonly kind: 'submitHeader' | 'submitBlock' | 'submitTransaction'
      readonly bytes: Uint8Array
      /** Comes back in the `judged` effect. */
      readonly tag?: string
    }
  /** What `NodeView.savedPool` gave, before a restart or elsewhere; the chain must be at rest. */
  | { readonly kind: 'restorePool'; readonly bytes: Uint8Array }
  | OperatorOverride
  /** Make everything durable; the node may then be dropped. */
  | { readonly kind: 'stop' }

/** All that a node asks of the world. */
export type NodeEffect =
  | { readonly kind: 'send'; readonly peer: PeerId; readonly bytes: Uint8Array }
  /** Close the connection; the node has forgotten the peer already and expects no `disconnected` (one does no harm). */
  | { readonly kind: 'disconnect'; readonly peer: PeerId; readonly reason: string }
  /** Send `wake` at this Unix time in milliseconds; replaces any earlier wish. */
  | { readonly kind: 'wakeAt'; readonly at: number }
  /**
   * Send `continue` as soon as nothing else is waiting: while a block is being connected the next one may be submitted.
   * At most one is outstanding.
   */
  | { readonly kind: 'continue' }
  | {
      readonly kind: 'judged'
      readonly subject: Subject
      readonly hash: string
      readonly verdict: BlockVerdict
      readonly tag?: string
      /** The peer it came from; absent for submitted items. */
      readonly peer?: PeerId
    }
  | { readonly kind: 'tip'; readonly hash: string; readonly height: number }
  | { readonly kind: 'log'; readonly level: 'debug' | 'info' | 'warning' | 'error'; readonly message: string }
