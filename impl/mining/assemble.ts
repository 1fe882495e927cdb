import type { Crypto } from '../script-engine/index.ts'
import { encodePush } from '../script-engine/index.ts'
import { heightPush, merkleRoot } from '../validation/index.ts'
import type { Transaction, TxOutput } from '../wire/index.ts'
import {
  ByteReader,
  concatBytes,
  encodeBlock,
  encodeHeader,
  encodeTransaction,
  parseTransaction,
} from '../wire/index.ts'
import type { BlockTemplate } from './template.ts'

const NO_COIN = new Uint8Array(32)
const RESERVED = new Uint8Array(32)
/** Stands for the coinbase among the hashes of witnesses. [BIP141] */
const COINBASE_WTXID = new Uint8Array(32)
/** OP_RETURN, a push of 36 bytes, four bytes of magic. [BIP141 §Commitment structure] */
const COMMITMENT_PREFIX = Uint8Array.of(0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed)

/** A template of which the transactions are all that counts of the entries. */
export type BlockPlan = Omit<BlockTemplate, 'entries'> & {
  readonly entries: readonly Pick<BlockTemplate['entries'][number], 'transaction'>[]
}

/** A block that lacks only its proof of work: nonce 0. `extraNonce` makes coinbases differ. */
export function assembleBlock(
  template: BlockPlan,
  rewardScript: Uint8Array,
  extraNonce: Uint8Array,
  crypto: Crypto,
): Uint8Array {
  const others = template.entries.map((entry) => entry.transaction)
  const coinbase = createCoinbase(template, rewardScript, extraNonce, crypto)
  const transactions = [coinbase, ...others]
  const { root } = merkleRoot(
    transactions.map((transaction) => transaction.txid),
    crypto,
  )
  const header = encodeHeader({ ...template, merkleRoot: root, nonce: 0 })
  return encodeBlock(
    header,
    transactions.map((transaction) => transaction.raw),
  )
}

/** Height first [BIP34], then the extra nonce; at least two bytes in all; a commitment where witnesses are in force. */
function createCoinbase(
  template: BlockPlan,
  rewardScript: Uint8Array,
  extraNonce: Uint8Array,
  crypto: Crypto,
): Transaction {
  const scriptSig = concatBytes(heightPush(template.height), encodePush(extraNonce))
  const encode = (outputs: readonly TxOutput[]): Transaction => {
    const input = { prevTxid: NO_COIN, prevIndex: 0xffffffff, scriptSig, sequence: 0xfffffffe }
    const witness = template.segwit ? [RESERVED] : []
    // The lock time lets no block before this one hold the same coinbase. [BIP54]
    const parts = { version: 2, inputs: [{ ...input, witness }], outputs, lockTime: template.height - 1 }
    return parseTransaction(new ByteReader(encodeTransaction(parts)), crypto)
  }
  const reward = { value: template.coinbaseValue, script: rewardScript }
  if (!template.segwit) return encode([reward])
  return encode([reward, { value: 0, script: witnessCommitmentScript(template, crypto) }])
}

/** The output script by which the coinbase commits to the witnesses of a template. [BIP141 §Commitment structure] */
export function witnessCommitmentScript({ entries }: BlockPlan, crypto: Crypto): Uint8Array {
  const wtxids = [COINBASE_WTXID, ...entries.map(({ transaction }) => transaction.wtxid)]
  const { root } = merkleRoot(wtxids, crypto)
  return concatBytes(COMMITMENT_PREFIX, crypto.hash256(concatBytes(root, RESERVED)))
}
