import type { ChainParameters } from '../chains/index.ts'
import { type MempoolPolicy, RELAY_POLICY } from '../mempool/index.ts'
import { PEER_OPTIONS, type PeerOptions } from '../peers/index.ts'

const DAY_MS = 24 * 3600 * 1000

/** A public chain has a minimum of work; on a private one form is free and nobody knows how old its tip should be. */
function isPublic({ minimumChainWork }: ChainParameters): boolean {
  return minimumChainWork > 0n
}

export function policyFor(chain: ChainParameters, own: Partial<MempoolPolicy> = {}): MempoolPolicy {
  return { ...RELAY_POLICY, requireStandard: isPublic(chain), ...own }
}

export function peerOptionsFor(chain: ChainParameters, own: Partial<PeerOptions> = {}): PeerOptions {
  return { ...PEER_OPTIONS, tipAgeMaxMs: isPublic(chain) ? DAY_MS : Number.POSITIVE_INFINITY, ...own }
}
