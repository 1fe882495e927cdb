import { bytesToHex, displayHash, doubleSha256 } from './bytes.ts'
import {
  blockHash,
  expandBits,
  HEADER_BYTES,
  headerField,
  meetsTarget,
  type ProofOfWork,
  parentHash,
} from './header.ts'
import { merkleRoot } from './merkle.ts'
import { ByteReader } from './reader.ts'
import { type RawTransaction, readTransaction, strippedBytes } from './transaction.ts'

/** A transaction of a block, with its id. */
export interface BlockTransaction extends RawTransaction {
  /** As people write it. */
  readonly txid: string
  /** Bytes as it travels, and without its witness. */
  readonly size: number
  readonly strippedSize: number
}

/** A block taken apart, right or wrong. */
export interface RawBlock {
  readonly bytes: Uint8Array
  readonly header: Uint8Array
  readonly hash: string
  readonly previous: string
  readonly time: number
  readonly bits: number
  readonly transactions: readonly BlockTransaction[]
}

/** The smallest transaction that can be read: version, two counts of zero, lock time. */
const TRANSACTION_BYTES_MIN = 10

/** The block that starts at `offset`, or undefined when these bytes are none: its Merkle root must fit. */
export function readBlock(data: Uint8Array, offset = 0): RawBlock | undefined {
  if (data.length <= offset + HEADER_BYTES) return undefined
  const reader = new ByteReader(data, offset + HEADER_BYTES)
  try {
    const ids: Uint8Array[] = []
    const transactions = reader.list(TRANSACTION_BYTES_MIN, () => {
      const start = reader.at
      const transaction = readTransaction(reader)
      const stripped = strippedBytes(transaction)
      const id = doubleSha256(stripped)
      ids.push(id)
      return {
        ...transaction,
        txid: displayHash(id),
        size: reader.at - start,
        strippedSize: stripped.length,
      }
    })
    if (transactions.length === 0) return undefined
    const bytes = data.subarray(offset, reader.at)
    const header = bytes.subarray(0, HEADER_BYTES)
    if (bytesToHex(merkleRoot(ids)) !== bytesToHex(header.subarray(36, 68))) return undefined
    return {
      bytes,
      header,
      hash: blockHash(header),
      previous: parentHash(header),
      time: headerField(header, 'time'),
      bits: headerField(header, 'bits'),
      transactions,
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Which function makes a block's proof of work true; undefined when none does. */
export function proofOfWorkOf({
  header,
  hash,
  bits,
}: Pick<RawBlock, 'header' | 'hash' | 'bits'>): ProofOfWork | undefined {
  if (BigInt(`0x${hash}`) <= expandBits(bits)) return 'sha256d'
  return meetsTarget(header, bits, 'scrypt') ? 'scrypt' : undefined
}
