import type { ScriptRequest } from '../../../ports/index.ts'
import {
  type RawInput,
  type RawOutput,
  type RawTransaction,
  transactionBytes,
  transactionId,
} from '../../../wire/index.ts'

const NULL_OUTPOINT = { txid: new Uint8Array(32), index: 0xffffffff }
const FINAL = 0xffffffff

/** A coinbase-like transaction pays to the script, and one of one input spends it: version 1, nothing locked. [Core BuildSpendingTransaction] */
export function creditAndSpend(
  scriptSig: Uint8Array,
  script: Uint8Array,
  witness: readonly Uint8Array[] = [],
  value = 0n,
): Omit<ScriptRequest, 'flags'> {
  const start = { ...NULL_OUTPOINT, scriptSig: Uint8Array.of(0, 0), sequence: FINAL, witness: [] }
  const credit = transaction(start, { value, script })
  const spend = { txid: transactionId(credit), index: 0, scriptSig, sequence: FINAL, witness }
  return {
    transaction: transactionBytes(transaction(spend, { value, script: new Uint8Array() })),
    inputIndex: 0,
    spentOutputs: [{ value, script }],
  }
}

function transaction(input: RawInput, output: RawOutput): RawTransaction {
  return { version: 1, inputs: [input], outputs: [output], lockTime: 0 }
}
