import { poissonDelay } from '../../collections/index.ts'
import type { ByteReader } from '../../wire/index.ts'
import { ByteWriter, FEE_FILTER_VERSION } from '../../wire/index.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'
import type { Protocol } from '../protocol.ts'
import { NOTHING_WANTED } from './fee-rounder.ts'

/** [Core AVG_FEEFILTER_BROADCAST_INTERVAL] */
const INTERVAL_MEAN_MS = 600_000
/** A change by a quarter or a third is sent sooner. [Core MAX_FEEFILTER_CHANGE_DELAY] */
const CHANGE_MS = 300_000
/** [Core MAX_MONEY] */
const RATE_MAX = 21_000_000n * 100_000_000n

/** The fee rate below which each end wants no transactions. [BIP133] */
export const feeFilterProtocol: Protocol = {
  handlers: { feefilter: onFeeFilter },
  tickPeer: updateFeeFilter,
}

/** Sends the peer the fee rate below which nothing is wanted, when that has changed. [BIP133] */
export function sendFeeFilter(context: PeerContext, peer: Peer): void {
  if (!context.options.relayTransactions || peer.commonVersion < FEE_FILTER_VERSION) return
  peer.transactions.feeFilterAt = context.now + poissonDelay(context, INTERVAL_MEAN_MS)
  const rate = context.isCatchingUp()
    ? NOTHING_WANTED
    : context.transactions.feeRounder.round(context.feeFloor(), context.entropy())
  if (rate === peer.transactions.feeFilterSent) return
  peer.transactions.feeFilterSent = rate
  context.message(peer, 'feefilter', new ByteWriter(8).u64(BigInt(rate)).finish())
}

/** Sends it when it is time, or when the node has just caught up; brings that time forward after a great change. [Core MaybeSendFeefilter] */
function updateFeeFilter(context: PeerContext, peer: Peer) {
  if (!peer.established || peer.transactions.feeFilterSent < 0) return
  const { now } = context
  const isOver = peer.transactions.feeFilterSent === NOTHING_WANTED && !context.isCatchingUp()
  if (isOver || now >= peer.transactions.feeFilterAt) return sendFeeFilter(context, peer)
  const floor = context.feeFloor()
  const hasChanged =
    floor < (3 * peer.transactions.feeFilterSent) / 4 || floor > (4 * peer.transactions.feeFilterSent) / 3
  if (hasChanged && !context.isCatchingUp() && now + CHANGE_MS < peer.transactions.feeFilterAt)
    peer.transactions.feeFilterAt = now + Math.floor(context.entropy() * CHANGE_MS)
}

function onFeeFilter(_context: PeerContext, peer: Peer, reader: ByteReader): void {
  const rate = reader.u64()
  if (rate <= RATE_MAX) peer.transactions.feeFilter = Number(rate)
}
