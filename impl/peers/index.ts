export type { PeerHost, TransactionFate } from './context.ts'
export { Network } from './network.ts'
export { PEER_OPTIONS, type PeerOptions } from './options.ts'
export type { Peer } from './peer.ts'
