import { OUTPOINT_BYTES } from './coin-record.ts'

/** What lies under which key in the ordered store: one letter, then what it is about. */
const COIN = 0x63 // c: outpoint -> coin without outpoint
const BLOCK = 0x62 // b: block hash -> index entry

/** Format of the store and the chain it belongs to. */
export const IDENTITY_KEY = Uint8Array.of(0x76) // v
/** Tip, count and digest of the coins as last flushed. */
export const STATE_KEY = Uint8Array.of(0x74) // t
/** Present while a flush is under way: where from and where to. */
export const FLUSH_KEY = Uint8Array.of(0x77) // w
/** Present when the coins are to be rebuilt from the blocks. */
export const REBUILD_KEY = Uint8Array.of(0x72) // r
/** Lengths of the block files that the index entries rely on. */
export const FILES_KEY = Uint8Array.of(0x66) // f

export const COIN_KEYS = { start: Uint8Array.of(COIN), end: Uint8Array.of(COIN + 1) }
export const BLOCK_KEYS = { start: Uint8Array.of(BLOCK), end: Uint8Array.of(BLOCK + 1) }

export const COIN_KEY_BYTES = 1 + OUTPOINT_BYTES

/** Writes the key of the coin whose outpoint these bytes begin with. */
export function putCoinKey(key: Uint8Array, outpoint: Uint8Array): Uint8Array {
  key[0] = COIN
  for (let i = 0; i < OUTPOINT_BYTES; i++) key[i + 1] = outpoint[i]!
  return key
}

export const BLOCK_KEY_BYTES = 33

/** Writes the key of the block with this hash. */
export function putBlockKey(key: Uint8Array, hash: Uint8Array): Uint8Array {
  key[0] = BLOCK
  key.set(hash, 1)
  return key
}

/** The outpoint or hash in a key. */
export function subjectOf(key: Uint8Array): Uint8Array {
  return key.subarray(1)
}
