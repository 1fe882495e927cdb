import type { Capability, ChainFile, ChainReference, HashHex } from '../ports/index.ts'
import type { Lock, Scenario, Step } from './format/index.ts'

/** An output that an item of the scenario makes. */
export interface CompiledOutput {
  readonly value: bigint
  readonly script: Uint8Array
  readonly lock: Lock
}

export interface CompiledTransaction {
  readonly kind: 'transaction'
  readonly name: string
  /** With witnesses, as it travels. */
  readonly bytes: Uint8Array
  /** The transaction id, as people write it. */
  readonly hash: HashHex
  readonly outputs: readonly CompiledOutput[]
  /** Known inputs less outputs, in sats; negative where the story wants it so. */
  readonly fee: bigint
}

export interface CompiledBlock {
  readonly kind: 'block'
  readonly name: string
  readonly bytes: Uint8Array
  /** The first 80 bytes. */
  readonly header: Uint8Array
  readonly hash: HashHex
  /** Name of the block below; undefined for genesis. */
  readonly parent: string | undefined
  readonly height: number
  /** The header's time, Unix seconds. */
  readonly time: number
  /** Median time past of this block: what a child must exceed, Unix seconds. */
  readonly medianTime: number
  readonly bits: number
  /** Expected hashes from genesis to here. */
  readonly chainWork: bigint
  /** The first transaction, whatever it is; one of no bytes where there is none. */
  readonly coinbase: CompiledTransaction
  readonly transactions: readonly CompiledTransaction[]
}

export type CompiledItem = CompiledBlock | CompiledTransaction

export interface CompiledNode {
  readonly name: string
  readonly peers: readonly string[]
  readonly trusts: readonly string[]
  readonly clockOffsetSeconds: number
}

/** A step with its time made absolute; names in it are known to exist. */
export type CompiledStep = Step & { readonly index: number; readonly at: number }

/** A scenario as bytes: what every runner plays, and nothing else. */
export interface CompiledScenario {
  /** The scenario it was made from, with defaults filled in. */
  readonly scenario: Scenario
  /** How to ask an engine for the chain. */
  readonly chain: ChainReference
  readonly chainFile: ChainFile
  /** Unix ms of virtual time 0. */
  readonly startTimeMs: number
  readonly nodes: readonly CompiledNode[]
  /** By name; `genesis` included. */
  readonly items: ReadonlyMap<string, CompiledItem>
  /** Block hash or txid -> name; the first name where copies share a hash. */
  readonly names: ReadonlyMap<HashHex, string>
  readonly steps: readonly CompiledStep[]
  /** All that a target must be able to do. */
  readonly requires: ReadonlySet<Capability>
}
