import type { BlockNode } from '../../chainstate/index.ts'
import type { PeerOptions } from '../options.ts'
import type { Peer } from '../peer.ts'
import { StallPatience } from './stall-patience.ts'

/** What fetching and announcing blocks knows beside its peers. */
export class SharedBlocks {
  readonly stallPatience: StallPatience
  /** Peers that may send compact blocks unasked, longest first. */
  readonly highBandwidth: Peer[] = []
  /** Height of the highest block that was sent on before it was judged. */
  announcedEarly = 0
  /** The latest block that was sent in compact form. */
  compactForm: { readonly node: BlockNode; readonly payload: Uint8Array } | undefined

  constructor(options: PeerOptions) {
    this.stallPatience = new StallPatience(options.stallMs, options.stallMsMax)
  }
}
