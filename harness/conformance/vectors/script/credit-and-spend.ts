import type { ScriptRequest } from '../../../ports/index.ts'
import { concat, sha256 } from './bytes.ts'
import { writeTransaction } from './raw-transaction.ts'

const NULL_OUTPOINT = concat(new Uint8Array(32), Uint8Array.of(0xff, 0xff, 0xff, 0xff))
const FINAL = 0xffffffff

/** A coinbase-like transaction pays to the script, and one of one input spends it: version 1, nothing locked. [Core BuildSpendingTransaction] */
export function creditAndSpend(
  scriptSig: Uint8Array,
  script: Uint8Array,
  witness: readonly Uint8Array[] = [],
  value = 0n,
): Omit<ScriptRequest, 'flags'> {
  const credit = writeTransaction({
    version: 1,
    inputs: [{ outpoint: NULL_OUTPOINT, scriptSig: Uint8Array.of(0, 0), sequence: FINAL, witness: [] }],
    outputs: [{ value, script }],
    lockTime: 0,
  })
  const outpoint = concat(sha256(sha256(credit)), new Uint8Array(4))
  const transaction = writeTransaction({
    version: 1,
    inputs: [{ outpoint, scriptSig, sequence: FINAL, witness }],
    outputs: [{ value, script: new Uint8Array() }],
    lockTime: 0,
  })
  return { transaction, inputIndex: 0, spentOutputs: [{ value, script }] }
}
