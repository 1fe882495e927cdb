import { EMPTY_BYTES, equalBytes } from '../wire/index.ts'
import type { SignatureMemory } from './caches/signature-cache.ts'
import { FLAG } from './flags.ts'
import { InputChecker } from './input-checker.ts'
import { runScript } from './interpreter.ts'
import { Machine, SIG_VERSION } from './machine.ts'
import { ERROR, OK, type ScriptError } from './script-error.ts'
import { isTrue } from './script-number.ts'
import { encodePush, isPayToScriptHash, isPushOnly, witnessVersion } from './script-walk.ts'
import type { TxDigests } from './sighash/tx-digests.ts'
import { verifyWitnessProgram } from './witness-program.ts'

/**
 * Whether the scripts of one input allow its spend. `digests` carries the transaction, the outputs that it spends and
 * the crypto backend, and serves all inputs; `memory` is asked before a signature is verified and remembers those that
 * are right. Core asks that CLEANSTACK comes with WITNESS and WITNESS with P2SH; here that is left to the caller.
 * [Core VerifyScript]
 */
export function verifyInput(
  digests: TxDigests,
  inputIndex: number,
  flags: number,
  memory?: SignatureMemory,
): ScriptError {
  return new InputVerification(digests, inputIndex, flags, memory).run()
}

class InputVerification {
  readonly #flags: number
  readonly #checker: InputChecker
  readonly #scriptSig: Uint8Array
  readonly #witness: readonly Uint8Array[]
  readonly #scriptPubKey: Uint8Array
  #stack: Uint8Array[] = []
  /** The stack as scriptSig left it. */
  #pushed: Uint8Array[] = []
  /** Set once a witness program has been judged: it has cleaned up, and the witness has a use. */
  #usedWitness = false

  constructor(digests: TxDigests, inputIndex: number, flags: number, memory: SignatureMemory | undefined) {
    const input = digests.tx.inputs[inputIndex]!
    this.#flags = flags
    this.#checker = new InputChecker(digests, inputIndex, memory)
    this.#scriptSig = input.scriptSig
    this.#witness = input.witness
    this.#scriptPubKey = digests.spent[inputIndex]!.script
  }

  run(): ScriptError {
    return this.#judgeScripts() || this.#judgeNested() || this.#judgeLeftovers()
  }

  /** scriptSig and scriptPubKey run one after the other on one stack, never joined. [CVE-2010-5141] */
  #judgeScripts(): ScriptError {
    if (this.#has(FLAG.SIGPUSHONLY) && !isPushOnly(this.#scriptSig)) return ERROR.SIG_PUSHONLY
    const error = this.#runScript(this.#scriptSig)
    if (error !== OK) return error
    this.#pushed = [...this.#stack]
    return this.#runToTruth(this.#scriptPubKey) || this.#judgeWitness(this.#scriptPubKey, EMPTY_BYTES, false)
  }

  /** [BIP16] */
  #judgeNested(): ScriptError {
    if (!this.#isPayToScriptHash()) return OK
    if (!isPushOnly(this.#scriptSig)) return ERROR.SIG_PUSHONLY
    this.#stack = this.#pushed
    const redeemScript = this.#stack.pop()!
    const error = this.#runToTruth(redeemScript)
    return error === OK ? this.#judgeWitness(redeemScript, encodePush(redeemScript), true) : error
  }

  /** A witness program admits exactly one scriptSig, or anyone could change the transaction's id. [BIP141] */
  #judgeWitness(script: Uint8Array, onlyScriptSig: Uint8Array, isNested: boolean): ScriptError {
    if (!this.#has(FLAG.WITNESS)) return OK
    const version = witnessVersion(script)
    if (version < 0) return OK
    this.#usedWitness = true
    if (!equalBytes(this.#scriptSig, onlyScriptSig))
      return isNested ? ERROR.WITNESS_MALLEATED_P2SH : ERROR.WITNESS_MALLEATED
    const program = script.subarray(2)
    return verifyWitnessProgram(version, program, this.#witness, isNested, this.#flags, this.#checker)
  }

  #judgeLeftovers(): ScriptError {
    if (this.#has(FLAG.CLEANSTACK) && !this.#usedWitness && this.#stack.length !== 1) return ERROR.CLEANSTACK
    if (this.#has(FLAG.WITNESS) && !this.#usedWitness && this.#witness.length > 0)
      return ERROR.WITNESS_UNEXPECTED
    return OK
  }

  #runScript(script: Uint8Array): ScriptError {
    if (script.length === 0) return OK
    return runScript(new Machine(script, this.#stack, this.#flags, SIG_VERSION.BASE, this.#checker))
  }

  #runToTruth(script: Uint8Array): ScriptError {
    const error = this.#runScript(script)
    if (error !== OK) return error
    const top = this.#stack.at(-1)
    return top !== undefined && isTrue(top) ? OK : ERROR.EVAL_FALSE
  }

  #isPayToScriptHash(): boolean {
    return this.#has(FLAG.P2SH) && isPayToScriptHash(this.#scriptPubKey)
  }

  #has(flag: number): boolean {
    return (this.#flags & flag) !== 0
  }
}
