import type { BlockNode } from '../../chainstate/index.ts'
import type { CompactBlock, Transaction } from '../../wire/index.ts'

/** A block that a peer was asked for. */
export interface BlockRequest {
  readonly hash: Uint8Array
  readonly key: string
  /** Absent when the header was not known at the time of asking. */
  readonly node: BlockNode | undefined
  /** Milliseconds. */
  readonly requestedAt: number
  /** What has been put together so far of a compact block, or that it could not be put together. */
  readonly partial?: PartialCompactBlock | 'failed'
}

/** A compact block with the transactions found so far; `missing` are the positions asked for. */
export interface PartialCompactBlock {
  readonly compact: CompactBlock
  readonly slots: (Transaction | undefined)[]
  readonly missing: readonly number[]
}

/** Which blocks one peer has, sends and wants. Times in milliseconds; 0 stands for never. */
export class PeerBlocks {
  common: BlockNode | undefined
  readonly inFlight = new Map<string, BlockRequest>()
  /** Since when it holds up the download window. */
  stallingSince = 0
  downloadingSince = 0
  /** It was asked to announce blocks by their headers. [BIP130] */
  sentSendHeaders = false
  /** It understands compact blocks of version 2, and wants them unasked. [BIP152] */
  compactBlocks = false
  wantsCompactUnasked = false
  sendsCompactUnasked = false
}
