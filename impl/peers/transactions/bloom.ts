import type { ByteReader } from '../../wire/index.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'

/** Bloom filters are not on offer: who speaks of them has not read our services. [BIP37, BIP111] */
export function refuseBloom(command: string) {
  return (context: PeerContext, peer: Peer, _reader: ByteReader): void =>
    context.disconnect(peer, `${command} without bloom filters on offer`)
}

/** The ids of the whole pool go to peers with bloom filters only; who may misbehave stays. [BIP35] */
export function onMempool(context: PeerContext, peer: Peer): void {
  if (!peer.trusted) context.disconnect(peer, 'mempool without bloom filters on offer')
}
