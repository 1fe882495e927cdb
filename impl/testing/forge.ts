import type { ChainParameters } from '../chains/index.ts'
import {
  type ChainLink,
  heightPush,
  medianTimePast,
  meetsTarget,
  merkleRoot,
  nextBits,
  subsidyAt,
  witnessCommitment,
} from '../validation/index.ts'
import {
  type Block,
  ByteReader,
  concatBytes,
  encodeBlock,
  encodeHeader,
  encodeTransaction,
  type Hasher,
  parseBlock,
  parseTransaction,
  type Transaction,
  type TransactionParts,
  type TxOutput,
} from '../wire/index.ts'

/** OP_TRUE: anyone may spend it. */
export const ANYONE = Uint8Array.of(0x51)
const RESERVED = new Uint8Array(32)

/** What is to be different from an ordinary block. */
export interface BlockOptions {
  readonly transactions?: readonly Transaction[]
  /** Default: one spacing after the parent, or just after the median time. */
  readonly time?: number
  readonly version?: number
  readonly bits?: number
  readonly coinbaseScript?: Uint8Array
  readonly coinbaseOutputs?: readonly TxOutput[]
  readonly coinbaseWitness?: readonly Uint8Array[]
  readonly lockTime?: number
  /** Distinguishes blocks that would be equal otherwise. */
  readonly extra?: number
  readonly fees?: number
  readonly commitment?: 'auto' | 'none' | Uint8Array
  /** Repeats the last so many transactions, for an equal Merkle root. [CVE-2012-2459] */
  readonly repeatLast?: number
  readonly merkleRoot?: Uint8Array
  /** Search a nonce that fails instead. */
  readonly failProof?: boolean
}

/** Makes blocks and transactions for tests, on chains whose proof of work costs little. */
export class Forge {
  readonly chain: ChainParameters
  readonly #hasher: Hasher

  constructor(chain: ChainParameters, hasher: Hasher) {
    this.chain = chain
    this.#hasher = hasher
  }

  transaction(parts: Partial<TransactionParts>): Transaction {
    const bytes = encodeTransaction({ version: 2, inputs: [], outputs: [], lockTime: 0, ...parts })
    return parseTransaction(new ByteReader(bytes), this.#hasher)
  }

  /** Spends one output of a transaction whose scripts ask for nothing. */
  spend(
    from: Transaction,
    index = 0,
    options: Partial<TransactionParts> & { sequence?: number } = {},
  ): Transaction {
    return this.transaction({
      inputs: [
        {
          prevTxid: from.txid,
          prevIndex: index,
          scriptSig: new Uint8Array(0),
          sequence: options.sequence ?? 0xffffffff,
        },
      ],
      outputs: [{ value: from.outputs[index]!.value, script: ANYONE }],
      ...options,
    })
  }

  block(parent: ChainLink & { readonly hash: Uint8Array }, options: BlockOptions = {}): Block {
    const { limits } = this.chain
    const median = medianTimePast(parent, limits.medianTimeSpan)
    const time = options.time ?? Math.max(parent.time + limits.targetSpacing, median + 1)
    const others = options.transactions ?? []
    const transactions = [this.#coinbase(parent.height + 1, others, options), ...others]
    for (let i = options.repeatLast ?? 0, end = transactions.length; i > 0; i--)
      transactions.push(transactions[end - i]!)
    const leaves = transactions.map((transaction) => transaction.txid)
    const header = this.#mine(options, {
      version: options.version ?? 0x20000000,
      previousHash: parent.hash,
      merkleRoot: options.merkleRoot ?? merkleRoot(leaves, this.#hasher).root,
      time,
      bits: options.bits ?? nextBits(parent, time, limits),
    })
    const bytes = encodeBlock(
      header,
      transactions.map((transaction) => transaction.raw),
    )
    return parseBlock(new ByteReader(bytes), this.#hasher)
  }

  #coinbase(height: number, others: readonly Transaction[], options: BlockOptions): Transaction {
    const paid = subsidyAt(height, this.chain.limits) + (options.fees ?? 0)
    const outputs: TxOutput[] = [...(options.coinbaseOutputs ?? [{ value: paid, script: ANYONE }])]
    const commitment = options.commitment ?? 'auto'
    const extra = new Uint8Array(4)
    new DataView(extra.buffer).setUint32(0, options.extra ?? 0, true)
    const parts = {
      lockTime: options.lockTime ?? 0,
      inputs: [
        {
          prevTxid: new Uint8Array(32),
          prevIndex: 0xffffffff,
          scriptSig: options.coinbaseScript ?? concatBytes(heightPush(height), extra),
          sequence: 0xffffffff,
          witness: options.coinbaseWitness ?? [],
        },
      ],
      outputs,
    }
    const needsCommitment = others.some((transaction) => transaction.hasWitness)
    if (commitment === 'none' || (commitment === 'auto' && !needsCommitment)) return this.transaction(parts)
    const draft = this.transaction(parts)
    const committed =
      commitment === 'auto' ? witnessCommitment([draft, ...others], RESERVED, this.#hasher) : commitment
    outputs.push({
      value: 0,
      script: concatBytes(Uint8Array.of(0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed), committed),
    })
    parts.inputs[0]!.witness = options.coinbaseWitness ?? [RESERVED]
    return this.transaction(parts)
  }

  #mine(options: BlockOptions, parts: Omit<Parameters<typeof encodeHeader>[0], 'nonce'>): Uint8Array {
    for (let nonce = 0; ; nonce++) {
      const header = encodeHeader({ ...parts, nonce })
      const hash = this.#hasher.hash256(header)
      if (meetsTarget(hash, parts.bits, this.chain.limits.powLimit) !== (options.failProof ?? false))
        return header
      if (nonce === 1_000_000) throw new Error('no nonce found: these bits are too hard for a test')
    }
  }
}
