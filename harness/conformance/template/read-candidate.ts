import { z } from 'zod'
import { repeatedKey } from '../../files/index.ts'
import {
  compactSize,
  doubleSha256,
  hexToBytes,
  parseTransaction,
  type RawTransaction,
  readBlock,
  strippedBytes,
  transactionBytes,
} from '../../wire/index.ts'

const hex = z.string().regex(/^([0-9a-fA-F]{2})*$/, 'expected hex, two digits a byte')
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits')
const count = z.int().nonnegative()

/** What is read of an answer of getblocktemplate; the rest is for miners. [BIP22, BIP23, BIP145] */
const templateSchema = z.object({
  version: z.int(),
  previousblockhash: hash,
  height: z.int().positive(),
  curtime: count,
  mintime: count.optional(),
  bits: z.string().regex(/^[0-9a-f]{8}$/, 'expected 8 hex digits'),
  target: hash.optional(),
  coinbasevalue: count,
  sigoplimit: count.optional(),
  weightlimit: count.optional(),
  default_witness_commitment: hex.optional(),
  transactions: z.array(
    z.object({
      data: hex,
      txid: hash.optional(),
      hash: hash.optional(),
      depends: z.array(z.int().positive()).optional(),
      fee: z.int().optional(),
      sigops: count.optional(),
      weight: count.optional(),
    }),
  ),
})

export type Template = z.infer<typeof templateSchema>

/** A transaction of a candidate, with its ids as bytes. */
export interface CandidateTransaction {
  readonly raw: RawTransaction
  readonly bytes: Uint8Array
  readonly id: Uint8Array
  readonly witnessId: Uint8Array
}

/** A block that somebody may be going to mine. */
export type Candidate =
  | {
      readonly kind: 'template'
      readonly template: Template
      readonly transactions: readonly CandidateTransaction[]
    }
  | {
      readonly kind: 'block'
      readonly bytes: Uint8Array
      readonly transactions: readonly CandidateTransaction[] | undefined
    }

/**
 * A getblocktemplate answer as JSON, alone or as the `result` of an RPC answer, or a block in hex.
 * @throws Error in one line on anything else
 */
export function readCandidate(text: string): Candidate {
  const trimmed = text.trim()
  if (/^[0-9a-fA-F]+$/.test(trimmed)) return readRawBlock(trimmed)
  const parsed = templateSchema.safeParse(unwrapped(trimmed))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Error(`${issue!.path.join('.') || 'template'}: ${issue!.message}`)
  }
  const transactions = parsed.data.transactions.map(({ data }, index) => {
    const transaction = readTransaction(hexToBytes(data))
    if (transaction === undefined) throw new Error(`transactions.${index}.data: no transaction`)
    return transaction
  })
  return { kind: 'template', template: parsed.data, transactions }
}

function unwrapped(text: string): unknown {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error('expected a getblocktemplate answer in JSON, or a block in hex')
  }
  const twice = repeatedKey(text)
  if (twice !== undefined) throw new Error(`${twice}: the key is there twice`)
  return typeof json === 'object' && json !== null && 'result' in json ? json.result : json
}

const HEADER_BYTES = 80

function readRawBlock(text: string): Candidate {
  if (text.length % 2 !== 0) throw new Error('expected a block in hex: two digits a byte')
  const bytes = hexToBytes(text)
  if (bytes.length <= HEADER_BYTES) throw new Error(`expected a block: more than ${HEADER_BYTES} bytes`)
  // Where the Merkle root does not fit, the engines say so, and of the transactions nothing is asked.
  const block = readBlock(bytes)
  if (block === undefined || block.bytes.length < bytes.length)
    return { kind: 'block', bytes, transactions: undefined }
  let at = HEADER_BYTES + compactSize(block.transactions.length).length
  const transactions = block.transactions.map(({ size }) => {
    at += size
    return readTransaction(bytes.subarray(at - size, at))
  })
  const areRead = transactions.every((transaction) => transaction !== undefined)
  return { kind: 'block', bytes, transactions: areRead ? transactions : undefined }
}

function readTransaction(bytes: Uint8Array): CandidateTransaction | undefined {
  const raw = parseTransaction(bytes)
  if (raw === undefined) return undefined
  const id = doubleSha256(strippedBytes(raw))
  return { raw, bytes, id, witnessId: doubleSha256(transactionBytes(raw)) }
}
