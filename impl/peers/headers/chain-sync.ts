import type { BlockNode } from '../../chainstate/index.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'

/** How long a peer that we chose may lag behind our chain. [Core CHAIN_SYNC_TIMEOUT] */
const LAG_MS = 20 * 60_000
/** So many peers that once kept up with us are never given up for lagging. [Core MAX_OUTBOUND_PEERS_TO_PROTECT_FROM_DISCONNECT] */
const PROTECTED_MAX = 4

/** A peer that keeps up with our chain is protected from now on, while few others are. */
export function protectFromEviction({ chain, peers }: PeerContext, peer: Peer): void {
  if (peer.headers.isProtected || peer.gone || !peer.isReplaceable || peer.best === undefined) return
  if (peer.best.chainWork < chain.tip.chainWork) return
  let protectedCount = 0
  for (const other of peers.values()) if (other.headers.isProtected) protectedCount++
  if (protectedCount >= PROTECTED_MAX) return
  peer.headers.isProtected = true
  peer.headers.lag = undefined
}

/** Gives up a peer that we chose and that does not follow the chain with the most work. [Core ConsiderEviction] */
export function checkLag(context: PeerContext, peer: Peer, ask: (from: BlockNode) => void) {
  if (peer.headers.isProtected || !peer.isReplaceable || !peer.headersStarted) return
  const { now, options } = context
  const { tip } = context.chain
  const { lag } = peer.headers
  // A peer that has announced nothing has the genesis block at least.
  const best = peer.best ?? context.chain.activeAt(0)!
  if (best.chainWork >= tip.chainWork) {
    peer.headers.lag = undefined
  } else if (lag === undefined || best.chainWork >= lag.goal.chainWork) {
    peer.headers.lag = { goal: tip, deadline: now + LAG_MS, isLastCall: false }
  } else if (now > lag.deadline) {
    if (lag.isLastCall) return context.disconnect(peer, 'outbound peer has old chain')
    ask(lag.goal.previous ?? lag.goal)
    peer.headers.lag = { goal: lag.goal, deadline: now + options.headersResponseMs, isLastCall: true }
  }
}

/** When `checkLag` next has something to do. */
export function lagDueAt({ headers: { lag } }: Peer): number {
  return lag === undefined ? Number.POSITIVE_INFINITY : lag.deadline + 1
}
