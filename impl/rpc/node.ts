import type { TemplateOptions } from '../mining/index.ts'
import type { NodeView } from '../node/index.ts'
import type { BlockVerdict } from '../validation/index.ts'

/** What methods may see and do: the node itself, and what stands round it. */
export interface RpcNode {
  readonly view: NodeView
  /** Unix time in milliseconds, as the operator has set it. */
  now(): number
  /** Hands an item to the node and drives it until the item is judged. */
  submit(kind: 'submitHeader' | 'submitBlock' | 'submitTransaction', bytes: Uint8Array): BlockVerdict
  /** Declares a block invalid, takes that back, or prefers a block among equals; the chain has come to rest when it returns. */
  overrule(kind: 'invalidate' | 'reconsider' | 'precious', hash: string): void
  /** Resolves once `isReached`, asked whenever the tip moves, or after `timeoutMs` of real time; 0 waits for ever. */
  tipUntil(isReached: () => boolean, timeoutMs: number): Promise<void>
  /** The daemon is about to end: nobody should wait any longer. */
  isStopping(): boolean
  /** What `help` answers; throws RpcError for a name that is no method. */
  explain(method: string | undefined): string
  log(category: string, message: string): void
  /** How the operator wants blocks to be filled. */
  readonly templateOptions: TemplateOptions
  readonly connections: RpcConnections
  readonly operations: RpcOperations
}

/** Numbers of one connection that the node itself does not count. Times in Unix seconds, 0 for never. */
export interface ConnectionFacts {
  readonly address: string
  /** Our end of it. */
  readonly localAddress: string
  readonly type: ConnectionType
  readonly permissions: readonly string[]
  readonly lastSend: number
  readonly lastReceive: number
  readonly bytesSent: number
  readonly bytesReceived: number
  readonly sentPerMessage: Readonly<Record<string, number>>
}

export type ConnectionType =
  | 'inbound'
  | 'manual'
  | 'outbound-full-relay'
  | 'block-relay-only'
  | 'feeler'
  | 'addr-fetch'

/** The sockets, as far as operators reach for them. */
export interface RpcConnections {
  facts(peer: number): ConnectionFacts | undefined
  /** Dials at once; what comes of it shows in the peers. */
  dial(address: string, type: ConnectionType): void
  disconnect(peer: number): void
  readonly added: Set<string>
  isActive: boolean
  readonly totals: { readonly sent: number; readonly received: number }
}

/** The process, as far as operators reach for it. */
export interface RpcOperations {
  /** Ends the process once the answer is out. */
  stop(): void
  /** Sets the node's clock to a Unix time in seconds; 0 gives back the real one. */
  setMockTime(seconds: number): void
  /** Does what would be due after so many seconds. */
  advance(seconds: number): void
  /** Unix time of the start, in seconds. */
  readonly startedAt: number
  readonly logFile: string
  readonly logging: {
    readonly categories: readonly string[]
    isOn(category: string): boolean
    set(category: string, isOn: boolean): void
  }
  /** Name of the chain as `-chain` takes it. */
  readonly chainName: string
  readonly userAgent: string
  readonly warnings: readonly string[]
  /** Bytes of the block files. */
  diskUsage(): number
}
