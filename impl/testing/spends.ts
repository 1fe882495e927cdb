import { chooseCrypto } from '../platform/index.ts'
import { ByteReader, encodeTransaction, hashToHex, parseBlock, type Transaction } from '../wire/index.ts'

export const { crypto } = chooseCrypto()
/** OP_TRUE: anyone may spend. */
export const ANYONE = Uint8Array.of(0x51)
/** OP_RETURN with two bytes. */
const DATA = Uint8Array.of(0x6a, 2, 1, 2)

/** Hash of a serialized block as people write it. */
export function blockHash(block: Uint8Array): string {
  return hashToHex(crypto.hash256(block.subarray(0, 80)))
}

export function coinbaseOf(block: Uint8Array): Transaction {
  return parseBlock(new ByteReader(block), crypto).transactions[0]!
}

/** A transaction without signatures that spends outputs which anyone may spend, back to anyone. */
export function spend(
  inputs: readonly { from: Transaction; index?: number; sequence?: number }[],
  values: readonly number[],
  lockTime = 0,
): Uint8Array {
  return encodeTransaction({
    version: 2,
    inputs: inputs.map(({ from, index = 0, sequence = 0xffffffff }) => ({
      prevTxid: from.txid,
      prevIndex: index,
      scriptSig: new Uint8Array(0),
      sequence,
    })),
    // A last output of data makes it larger than a pair of Merkle nodes. [CVE-2017-12842]
    outputs: [...values.map((value) => ({ value, script: ANYONE })), { value: 0, script: DATA }],
    lockTime,
  })
}
