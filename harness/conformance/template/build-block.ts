import {
  concatBytes,
  countedList,
  doubleSha256,
  hashBytes,
  hasWitness,
  merkleRoot,
  type RawTransaction,
  strippedBytes,
  transactionBytes,
  uint32,
} from '../../wire/index.ts'
import type { Candidate, CandidateTransaction } from './read-candidate.ts'

const RESERVED_VALUE = new Uint8Array(32)
/** OP_RETURN, a push of 36 bytes, and the tag of BIP141. */
const COMMITMENT_PREFIX = Uint8Array.of(0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed)
/** What a miner pays itself to is its own affair. */
const ANYBODY = Uint8Array.of(0x51)
const OP_0 = 0
const OP_1 = 0x51
const SMALL_NUMBER_MAX = 16

/** The header and what is behind it. */
export interface AssembledBlock {
  readonly header: Uint8Array
  readonly body: Uint8Array
  /** Its first transaction; undefined where a block cannot be read. */
  readonly coinbase: RawTransaction | undefined
}

/** The block as it stands, or the one that a template asks for, with a coinbase that pays anybody. */
export function assembleBlock(candidate: Candidate): AssembledBlock {
  if (candidate.kind === 'block') {
    const { bytes } = candidate
    return { header: bytes.slice(0, 80), body: bytes.slice(80), coinbase: candidate.transactions?.[0]?.raw }
  }
  const { template, transactions } = candidate
  const commitment = commitmentFor(transactions)
  const coinbase: RawTransaction = {
    version: 2,
    lockTime: 0,
    inputs: [
      {
        txid: new Uint8Array(32),
        index: 0xffffffff,
        sequence: 0xffffffff,
        scriptSig: concatBytes(heightPush(template.height), Uint8Array.of(OP_0)),
        witness: commitment === undefined ? [] : [RESERVED_VALUE],
      },
    ],
    outputs: [
      { value: BigInt(template.coinbasevalue), script: ANYBODY },
      ...(commitment === undefined ? [] : [{ value: 0n, script: commitment }]),
    ],
  }
  const ids = [doubleSha256(strippedBytes(coinbase)), ...transactions.map(({ id }) => id)]
  const header = concatBytes(
    uint32(template.version),
    hashBytes(template.previousblockhash),
    merkleRoot(ids),
    uint32(template.curtime),
    uint32(Number.parseInt(template.bits, 16)),
    uint32(0),
  )
  return {
    header,
    coinbase,
    body: countedList([transactionBytes(coinbase), ...transactions.map(({ bytes }) => bytes)]),
  }
}

/** The script of the output that commits to these witnesses; undefined where there are none. [BIP141 §Commitment structure] */
export function commitmentFor(transactions: readonly CandidateTransaction[]): Uint8Array | undefined {
  if (!transactions.some(({ raw }) => hasWitness(raw))) return undefined
  return commitmentScript(transactions)
}

/** The same, whether or not there are witnesses: templates of Core always have it. */
export function commitmentScript(transactions: readonly CandidateTransaction[]): Uint8Array {
  const root = merkleRoot([new Uint8Array(32), ...transactions.map(({ witnessId }) => witnessId)])
  return concatBytes(COMMITMENT_PREFIX, doubleSha256(concatBytes(root, RESERVED_VALUE)))
}

/** The height as a coinbase has to begin. [BIP34] */
function heightPush(height: number): Uint8Array {
  if (height <= SMALL_NUMBER_MAX) return Uint8Array.of(OP_1 + height - 1)
  const bytes: number[] = []
  for (let rest = height; rest > 0; rest = Math.floor(rest / 256)) bytes.push(rest & 0xff)
  if (bytes.at(-1)! >= 0x80) bytes.push(0)
  return Uint8Array.of(bytes.length, ...bytes)
}
