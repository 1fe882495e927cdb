import type { ByteReader } from '../wire/index.ts'
import { ByteWriter } from '../wire/index.ts'
import type { PeerContext } from './context.ts'
import type { Peer } from './peer.ts'
import { FEE_FILTER_VERSION } from './protocol.ts'
import { poissonDelay } from './random.ts'

/** [Core AVG_FEEFILTER_BROADCAST_INTERVAL] */
const INTERVAL_MEAN_MS = 600_000
/** The highest amount, which stops all announcements while the node catches up. */
const NOTHING_WANTED = 21_000_000n * 100_000_000n

/** Tells the peer below which fee rate nothing is wanted, when that has changed. [BIP133] */
export function sendFeeFilter(context: PeerContext, peer: Peer): void {
  if (!context.options.relayTransactions || peer.commonVersion < FEE_FILTER_VERSION) return
  peer.feeFilterAt = context.now + poissonDelay(context, INTERVAL_MEAN_MS)
  const rate = context.isCatchingUp() ? NOTHING_WANTED : BigInt(Math.ceil(context.feeFloor()))
  if (Number(rate) === peer.feeFilterSent) return
  peer.feeFilterSent = Number(rate)
  context.message(peer, 'feefilter', new ByteWriter(8).u64(rate).finish())
}

export function onFeeFilter(_context: PeerContext, peer: Peer, reader: ByteReader): void {
  const rate = reader.u64()
  if (rate <= NOTHING_WANTED) peer.feeFilter = Number(rate)
}
