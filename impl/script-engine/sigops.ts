import { EMPTY_BYTES, type Transaction, type TxOutput } from '../wire/index.ts'
import { FLAG } from './flags.ts'
import { MULTISIG_KEYS_MAX } from './limits.ts'
import { OP } from './opcodes.ts'
import { isPayToScriptHash, isPushOnly, ScriptWalk, witnessVersion } from './script-walk.ts'

/** What one signature operation outside a witness costs. [BIP141 §Sigops] */
const WITNESS_SCALE = 4

/**
 * Signature operations of a script, up to the first truncated push. `isExact` counts the keys of a multisignature
 * where OP_1 … OP_16 directly before it gives them; otherwise each counts twenty. [Core GetSigOpCount]
 */
export function countSigops(script: Uint8Array, isExact: boolean): number {
  const walk = new ScriptWalk(script)
  let count = 0
  let previous = 0xff
  while (walk.next()) {
    const { opcode } = walk
    if (opcode === OP.CHECKSIG || opcode === OP.CHECKSIGVERIFY) count++
    else if (opcode === OP.CHECKMULTISIG || opcode === OP.CHECKMULTISIGVERIFY)
      count +=
        isExact && previous >= OP.ONE && previous <= OP.SIXTEEN ? previous - OP.ONE + 1 : MULTISIG_KEYS_MAX
    previous = opcode
  }
  return count
}

/** Signature operations in the scripts of a transaction itself, multisignatures at twenty. [Core GetLegacySigOpCount] */
export function countLegacySigops(tx: Transaction): number {
  let count = 0
  for (const input of tx.inputs) count += countSigops(input.scriptSig, false)
  for (const output of tx.outputs) count += countSigops(output.script, false)
  return count
}

/** Signature operations in the redeem scripts of a transaction that is no coinbase. [Core GetP2SHSigOpCount] */
export function countP2shSigops(tx: Transaction, spent: readonly TxOutput[]): number {
  let count = 0
  for (const [i, input] of tx.inputs.entries()) {
    if (!isPayToScriptHash(spent[i]!.script)) continue
    const redeemScript = lastPush(input.scriptSig)
    if (redeemScript !== undefined) count += countSigops(redeemScript, true)
  }
  return count
}

/** Signature operations of one input's witness. [BIP141 §Sigops; Core CountWitnessSigOps] */
export function countWitnessSigops(
  scriptSig: Uint8Array,
  scriptPubKey: Uint8Array,
  witness: readonly Uint8Array[],
): number {
  if (witnessVersion(scriptPubKey) >= 0) return countProgramSigops(scriptPubKey, witness)
  if (!isPayToScriptHash(scriptPubKey)) return 0
  const redeemScript = lastPush(scriptSig)
  return redeemScript === undefined ? 0 : countProgramSigops(redeemScript, witness)
}

/**
 * What a transaction's signature operations cost a block under these flags: those outside witnesses count four.
 * `spent` holds one output per input and is not looked at for a coinbase. [Core GetTransactionSigOpCost]
 */
export function sigopsCost(tx: Transaction, spent: readonly TxOutput[], flags: number): number {
  let cost = WITNESS_SCALE * countLegacySigops(tx)
  if (tx.isCoinbase) return cost
  if ((flags & FLAG.P2SH) !== 0) cost += WITNESS_SCALE * countP2shSigops(tx, spent)
  if ((flags & FLAG.WITNESS) !== 0)
    for (const [i, input] of tx.inputs.entries())
      cost += countWitnessSigops(input.scriptSig, spent[i]!.script, input.witness)
  return cost
}

function countProgramSigops(program: Uint8Array, witness: readonly Uint8Array[]): number {
  if (witnessVersion(program) !== 0) return 0
  if (program.length === 22) return 1
  const script = witness.at(-1)
  return program.length === 34 && script !== undefined ? countSigops(script, true) : 0
}

/** What the last operation of a push-only script pushes literally; undefined for other scripts. */
function lastPush(script: Uint8Array): Uint8Array | undefined {
  if (!isPushOnly(script)) return undefined
  const walk = new ScriptWalk(script)
  let data: Uint8Array = EMPTY_BYTES
  while (walk.next()) data = walk.data()
  return data
}
