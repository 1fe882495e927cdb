import {
  ERROR,
  OK,
  type ScriptError,
  STANDARD_FLAGS,
  TxDigests,
  verifyInput,
} from '../../script-engine/index.ts'
import { scriptErrorSentence } from '../../validation/index.ts'
import {
  ByteReader,
  bytesToHex,
  EMPTY_BYTES,
  encodeTransaction,
  hashToHex,
  parseTransaction,
  type Transaction,
  type TxInput,
} from '../../wire/index.ts'
import type { RpcNode } from '../node.ts'
import { RPC, RpcError } from '../rpc-error.ts'
import type { CoinToSign } from './coins-to-sign.ts'
import type { KeyRing } from './key-ring.ts'
import { type Satisfaction, shownBy, signInput } from './sign-input.ts'

/** Hash types by their names in calls; DEFAULT is that of taproot. [Core SighashFromStr] */
export const HASH_TYPES: Readonly<Record<string, number>> = {
  DEFAULT: 1,
  ALL: 1,
  NONE: 2,
  SINGLE: 3,
  'ALL|ANYONECANPAY': 0x81,
  'NONE|ANYONECANPAY': 0x82,
  'SINGLE|ANYONECANPAY': 0x83,
}
const SINGLE = 3

/**
 * Signs what can be signed; right signatures of `variants`, transactions alike but for them, are taken over.
 * Throws RpcError. [Core SignTransaction]
 */
export function signTransaction(
  variants: readonly [Transaction, ...Transaction[]],
  coins: readonly (CoinToSign | undefined)[],
  ring: KeyRing,
  hashType: number,
  { view }: RpcNode,
) {
  const [transaction] = variants
  const spent = coins.map((coin) => ({ script: coin?.script ?? EMPTY_BYTES, value: coin?.value ?? 0 }))
  const digests = new TxDigests(transaction, spent, view.crypto)
  const shown = transaction.inputs.map((input, index): Satisfaction => {
    const mayBeSigned = (hashType & 0x1f) !== SINGLE || index < transaction.outputs.length
    if (coins[index] === undefined || !mayBeSigned) return shownBy(input)
    const given = variants.map((variant) => shownBy(variant.inputs[index]!))
    return signInput(digests, index, ring, hashType, given)
  })
  const signed = withSatisfactions(transaction, shown, view.crypto)
  const signedDigests = new TxDigests(signed, spent, view.crypto)
  const errors = signed.inputs.flatMap((input, index) => {
    const coin = coins[index]
    if (coin === undefined) return [describeError(input, 'Input not found or already spent')]
    if (coin.value === undefined && input.witness.length > 0)
      throw new RpcError(RPC.type, `Missing amount for ${bytesToHex(coin.script)}`)
    const error = verifyInput(signedDigests, index, STANDARD_FLAGS)
    return error === OK ? [] : [describeError(input, explain(error))]
  })
  return {
    hex: bytesToHex(signed.raw),
    complete: errors.length === 0,
    ...(errors.length === 0 ? {} : { errors }),
  }
}

function withSatisfactions(
  transaction: Transaction,
  shown: readonly Satisfaction[],
  hasher: RpcNode['view']['crypto'],
): Transaction {
  const { version, outputs, lockTime } = transaction
  const inputs = transaction.inputs.map(({ prevTxid, prevIndex, sequence }, index) => ({
    prevTxid,
    prevIndex,
    sequence,
    ...shown[index]!,
  }))
  return parseTransaction(new ByteReader(encodeTransaction({ version, inputs, outputs, lockTime })), hasher)
}

function explain(error: ScriptError): string {
  if (error === ERROR.INVALID_STACK_OPERATION)
    return 'Unable to sign input, invalid stack size (possibly missing key)'
  if (error === ERROR.NULLFAIL)
    return 'CHECK(MULTI)SIG failing with non-zero signature (possibly need more signatures)'
  return scriptErrorSentence(error)
}

function describeError(input: TxInput, error: string) {
  return {
    txid: hashToHex(input.prevTxid),
    vout: input.prevIndex,
    witness: input.witness.map(bytesToHex),
    scriptSig: bytesToHex(input.scriptSig),
    sequence: input.sequence,
    error,
  }
}
