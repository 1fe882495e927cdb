/** [Core PROTOCOL_VERSION] */
export const PROTOCOL_VERSION = 70016
/** Older peers are not talked to. [Core MIN_PEER_PROTO_VERSION] */
export const PROTOCOL_VERSION_MIN = 31800
/** From here on a ping has a nonce and is answered. [BIP31; Core BIP0031_VERSION] */
export const PING_NONCE_VERSION = 60001
/** [BIP130] */
export const SEND_HEADERS_VERSION = 70012
/** [BIP133] */
export const FEE_FILTER_VERSION = 70013
/** [BIP152] */
export const COMPACT_BLOCKS_VERSION = 70014
/** [BIP339] */
export const WTXID_RELAY_VERSION = 70016

export const SERVICE_NETWORK = 1n
export const SERVICE_WITNESS = 8n
export const SERVICE_COMPACT_FILTERS = 64n
export const SERVICE_NETWORK_LIMITED = 1024n
