/** [Core PROTOCOL_VERSION] */
export const PROTOCOL_VERSION = 70016
/** Older peers are not talked to. [Core MIN_PEER_PROTO_VERSION] */
export const PROTOCOL_VERSION_MIN = 31800
/** [BIP339] */
export const WTXID_RELAY_VERSION = 70016

export const SERVICE_NETWORK = 1n
export const SERVICE_WITNESS = 8n
export const SERVICE_COMPACT_FILTERS = 64n
export const SERVICE_NETWORK_LIMITED = 1024n
