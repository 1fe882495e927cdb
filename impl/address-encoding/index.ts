export { decodeAddress, encodeAddress } from './address.ts'
export { decodeBase58, encodeBase58 } from './base58.ts'
export { decodePrivateKey, encodePrivateKey } from './private-key.ts'
