import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { bytesOfHash, fromHex, toHex } from '../encoding/index.ts'
import type { Outpoint, Sats } from '../vocabulary/index.ts'
import type { Account } from './account.ts'

/** Where a quantum lies for ever: 64 hex digits, unlike those of any other output of the same chain. */
export type Coordinate = string

/**
 * A universal quantum (货币元): not money but a place in the history of the chain, fixed by where it came from.
 * `origins` are the quanta that were merged into it; a quantum without origins is a source.
 */
export interface Quantum {
  readonly coordinate: Coordinate
  readonly outpoint: Outpoint
  readonly account: Account
  readonly amount: Sats
  readonly height: number
  readonly origins: readonly Coordinate[]
}

const TAG = sha256(utf8ToBytes('Touchstone/quantum'))

/**
 * The coordinate of an output: a tagged hash of its txid, index, creation height and the coordinates of the inputs,
 * in order. The height keeps apart two coinbases of one txid [BIP30]; the origins make it the hash of a whole
 * history, as the paper has it (§2, 货币几何学).
 */
export function coordinateOf(outpoint: Outpoint, height: number, origins: readonly Coordinate[]): Coordinate {
  const numbers = new DataView(new ArrayBuffer(8))
  numbers.setUint32(0, outpoint.index, true)
  numbers.setUint32(4, height, true)
  const message = concatBytes(
    bytesOfHash(outpoint.txid),
    new Uint8Array(numbers.buffer),
    ...origins.map(fromHex),
  )
  return toHex(sha256(concatBytes(TAG, TAG, message)))
}
