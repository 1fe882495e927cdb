import type { ChainParameters } from '../../chains/index.ts'
import type { Coin } from '../../chainstate/index.ts'
import { isStrictDer } from '../../script-engine/index.ts'
import { bytesToHex, type Hasher, hashToHex, type Transaction, type TxInput } from '../../wire/index.ts'
import { coins } from '../json.ts'
import { describeScript } from './script-json.ts'
import { scriptText } from './script-text.ts'

export interface TransactionView {
  readonly chain: Pick<ChainParameters, 'addresses'>
  readonly hasher: Hasher
  /** What each input spends, where that is known: the fee follows from it. */
  readonly spent?: readonly Coin[] | undefined
  /** Describe each coin that is spent. */
  readonly withPrevout?: boolean
  readonly withHex?: boolean
}

/** A transaction as JSON. [Core TxToUniv] */
export function describeTransaction(transaction: Transaction, view: TransactionView) {
  const { spent } = view
  return {
    txid: hashToHex(transaction.txid),
    hash: hashToHex(transaction.wtxid),
    version: transaction.version,
    size: transaction.totalSize,
    vsize: transaction.virtualSize,
    weight: transaction.weight,
    locktime: transaction.lockTime,
    vin: transaction.inputs.map((input, at) =>
      describeInput(input, transaction.isCoinbase, spent?.[at], view),
    ),
    vout: transaction.outputs.map(({ value, script }, n) => ({
      value: coins(value),
      n,
      scriptPubKey: describeScript(script, view.chain.addresses, view.hasher),
    })),
    ...(spent === undefined || transaction.isCoinbase ? {} : { fee: coins(feeOf(transaction, spent)) }),
    ...(view.withHex === true ? { hex: bytesToHex(transaction.raw) } : {}),
  }
}

function describeInput(input: TxInput, isCoinbase: boolean, coin: Coin | undefined, view: TransactionView) {
  const { scriptSig, witness, sequence } = input
  return {
    ...(isCoinbase
      ? { coinbase: bytesToHex(scriptSig) }
      : {
          txid: hashToHex(input.prevTxid),
          vout: input.prevIndex,
          scriptSig: { asm: scriptText(scriptSig, isSignature), hex: bytesToHex(scriptSig) },
        }),
    ...(witness.length === 0 ? {} : { txinwitness: witness.map(bytesToHex) }),
    ...(coin === undefined || view.withPrevout !== true
      ? {}
      : {
          prevout: {
            generated: coin.isCoinbase,
            height: coin.height,
            value: coins(coin.value),
            scriptPubKey: describeScript(coin.script, view.chain.addresses, view.hasher),
          },
        }),
    sequence,
  }
}

/** DER with its hash type behind it. [Core CheckSignatureEncoding with SCRIPT_VERIFY_STRICTENC] */
function isSignature(bytes: Uint8Array): boolean {
  return isStrictDer(bytes)
}

function feeOf(transaction: Transaction, spent: readonly Coin[]): number {
  let fee = 0
  for (const { value } of spent) fee += value
  for (const { value } of transaction.outputs) fee -= value
  return fee
}
