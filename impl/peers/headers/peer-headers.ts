import type { BlockNode } from '../../chainstate/index.ts'
import type { HeadersPresync } from './presync.ts'

/** A peer has until `deadline` to show a chain with the work of `goal`; then it is asked once more. */
interface Lag {
  readonly goal: BlockNode
  readonly deadline: number
  readonly isLastCall: boolean
}

/** How far the headers of one peer have come. Times in milliseconds; 0 stands for never. */
export class PeerHeaders {
  /** A block it announced whose header is unknown. */
  announcedUnknown: Uint8Array | undefined
  headersAskedAt = 0
  /** By when it shall have sent all headers. */
  headersDeadline = Number.POSITIVE_INFINITY
  /** Since it was seen to be behind our chain. */
  lag: Lag | undefined
  /** It kept up with our chain once, and need not always. */
  isProtected = false
  /** A long branch of it that has yet to show its work. */
  presync: HeadersPresync | undefined
}
