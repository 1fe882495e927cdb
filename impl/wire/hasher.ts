/**
 * The hash functions of the protocol, as a backend gives them.
 * Every call returns fresh bytes that the caller may keep.
 */
export interface Hasher {
  sha256(data: Uint8Array): Uint8Array
  /** SHA-256 of SHA-256: ids of transactions and blocks, Merkle nodes. */
  hash256(data: Uint8Array): Uint8Array
  ripemd160(data: Uint8Array): Uint8Array
  sha1(data: Uint8Array): Uint8Array
  /** RIPEMD-160 of SHA-256: names of keys and scripts. */
  hash160(data: Uint8Array): Uint8Array
  /** SHA-256 prefixed by the doubled hash of a tag. [BIP340] */
  taggedHash(tag: string, data: Uint8Array): Uint8Array
  /** scrypt(data, data, N = 1024, r = 1, p = 1), 32 bytes: proof of work of Litecoin's family. */
  scrypt1024(data: Uint8Array): Uint8Array
}
