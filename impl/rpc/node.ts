import type { BlockTemplate, TemplateOptions } from '../mining/index.ts'
import type { NodeView } from '../node/index.ts'
import type { BlockVerdict } from '../validation/index.ts'
import type { Signer } from './signer.ts'

/** What methods may see and do: the node itself, and what stands round it. */
export interface RpcNode {
  readonly view: NodeView
  /** Unix time in milliseconds, as the operator has set it. */
  now(): number
  /** Hands an item to the node and drives it until the item is judged. */
  submit(kind: 'submitHeader' | 'submitBlock' | 'submitTransaction', bytes: Uint8Array): BlockVerdict
  /** Declares a block invalid, takes that back, or prefers a block among equals; the chain has come to rest when it returns. */
  /** Announces a transaction of the pool, by its key, to peers that have not heard of it. */
  announce(key: string): void
  /** Pings every peer, whenever it was pinged last. */
  pingAll(): void
  /** Takes in what `NodeView.savedPool` gave here or elsewhere. */
  restorePool(bytes: Uint8Array): void
  override(kind: 'invalidate' | 'reconsider' | 'precious', hash: string): void
  /** Resolves once `isReached`, asked whenever the tip moves, or after `timeoutMs` of real time; 0 waits for ever. */
  tipUntil(isReached: () => boolean, timeoutMs: number): Promise<void>
  /** The daemon is about to end: nobody should wait any longer. */
  isStopping(): boolean
  /** Milliseconds since the daemon began, whatever the operator does to its clock. */
  sinceStartMs(): number
  /** Calls that are being answered. */
  readonly activeCalls: Set<ActiveCall>
  /** The OpenRPC document of all methods. */
  discover(): unknown
  /** What `help` answers; throws RpcError for a name that is no method. */
  explain(method: string | undefined): string
  log(category: string, message: string): void
  /** A template was made; `lastTemplate` gives it until the next. */
  noteTemplate(template: BlockTemplate): void
  lastTemplate(): BlockTemplate | undefined
  /** How the operator wants blocks to be filled. */
  readonly templateOptions: TemplateOptions
  readonly signer: Signer
  readonly connections: RpcConnections
  readonly operations: RpcOperations
}

/** A call under way; `beganMs` counts from the start of the daemon. */
export interface ActiveCall {
  readonly method: string
  readonly beganMs: number
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
  /** Dials; resolves once it is connected or has failed, which shows in the peers. */
  dial(address: string, type: ConnectionType): Promise<void>
  disconnect(peer: number): void
  /** Nodes that are kept connected, as the operator wrote them. */
  readonly added: Set<string>
  /** A peer is one that the operator added under this address. */
  isTo(peer: number, address: string): boolean
  readonly bans: {
    all(): readonly { readonly address: string; readonly created: number; readonly until: number }[]
    remove(subnet: string): boolean
    clear(): void
  }
  /** Bans a subnet until a Unix time in seconds, or for the usual time, and disconnects who is there. */
  ban(subnet: string, until: number | undefined): 'banned' | 'already' | 'invalid'
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
  readonly logFile: string
  readonly logging: {
    readonly categories: readonly string[]
    isOn(category: string): boolean
    set(category: string, isOn: boolean): void
  }
  /** Keeps the pool in the file that a restart reads; its path. */
  savePool(): string
  /** Bytes of a file of a saved pool; throws what the machine throws. */
  readFile(path: string): Uint8Array
  /** Name of the chain as `-chain` takes it. */
  readonly chainName: string
  readonly userAgent: string
  readonly warnings: readonly string[]
  /** Bytes of the block files. */
  diskUsage(): number
  /** Bytes that coins may take in memory. */
  readonly coinBytesMax: number
  /** Bytes of memory by their use. */
  memory(): Readonly<Record<string, number>>
}
