import type { Hash } from './hash.ts'
import type { Transaction } from './transaction.ts'

/**
 * The eighty bytes that are hashed. Version is a *signed* 32-bit number, unlike a transaction's; time (Unix
 * seconds), bits and nonce are unsigned. [Core CBlockHeader]
 */
export interface Header {
  readonly version: number
  readonly previous: Hash
  readonly merkleRoot: Hash
  readonly time: number
  readonly bits: number
  readonly nonce: number
}

/** A header and the transactions it commits to, the coinbase first. */
export interface Block {
  readonly header: Header
  readonly transactions: readonly Transaction[]
}
