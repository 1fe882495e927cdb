import { equalBytes } from '../wire/index.ts'
import { type SignatureMemory, signatureEntry } from './caches/signature-cache.ts'
import { parseLaxDer } from './der.ts'
import { ERROR, OK, type ScriptError } from './script-error.ts'
import { HASH_TYPE } from './sighash/hash-type.ts'
import { signatureHashLegacy } from './sighash/legacy.ts'
import { signatureHashTaproot, type TaprootContext } from './sighash/taproot.ts'
import type { TxDigests } from './sighash/tx-digests.ts'
import { signatureHashWitnessV0 } from './sighash/witness-v0.ts'

/** Below it a lock time is a height, from it on a time. [Core LOCKTIME_THRESHOLD] */
const LOCK_TIME_THRESHOLD = 500_000_000
const SEQUENCE_FINAL = 0xffffffff
/** [BIP68 §Specification] */
const RELATIVE_LOCK_DISABLED = 0x80000000
const RELATIVE_LOCK_IS_TIME = 0x00400000
const RELATIVE_LOCK_MASK = 0x0040ffff

/** What the script of one input may ask of the transaction round it: are signatures right, are locks open? */
export class InputChecker {
  readonly digests: TxDigests
  readonly inputIndex: number
  readonly #memory: SignatureMemory | undefined
  /** The last hash of each ECDSA hash type: a multisignature asks for the same one again and again. */
  readonly #hashes = new Map<number, { readonly scriptCode: Uint8Array; readonly hash: Uint8Array }>()

  constructor(digests: TxDigests, inputIndex: number, memory: SignatureMemory | undefined) {
    this.digests = digests
    this.inputIndex = inputIndex
    this.#memory = memory
  }

  /** `signature` carries its hash type. [Core CheckECDSASignature] */
  checkEcdsa(
    signature: Uint8Array,
    publicKey: Uint8Array,
    scriptCode: Uint8Array,
    inWitness: boolean,
  ): boolean {
    if (publicKey.length !== ecdsaKeyLength(publicKey[0])) return false
    if (signature.length === 0) return false
    const hashType = signature[signature.length - 1]!
    const compact = parseLaxDer(signature.subarray(0, -1))
    if (compact === undefined) return false
    const hash = this.#ecdsaHash(scriptCode, hashType, inWitness)
    const { crypto } = this.digests
    if (this.#memory === undefined) return crypto.verifyEcdsa(publicKey, compact, hash)
    const entry = signatureEntry('ecdsa', hash, publicKey, compact, crypto)
    if (this.#memory.has(entry)) return true
    if (!crypto.verifyEcdsa(publicKey, compact, hash)) return false
    this.#memory.add(entry)
    return true
  }

  /** [BIP341 §Taproot key path spending signature validation; Core CheckSchnorrSignature] `publicKeyX` has 32 bytes. */
  checkSchnorr(signature: Uint8Array, publicKeyX: Uint8Array, context: TaprootContext): ScriptError {
    if (signature.length !== 64 && signature.length !== 65) return ERROR.SCHNORR_SIG_SIZE
    let hashType: number = HASH_TYPE.DEFAULT
    if (signature.length === 65) {
      hashType = signature[64]!
      if (hashType === HASH_TYPE.DEFAULT) return ERROR.SCHNORR_SIG_HASHTYPE
    }
    const hash = signatureHashTaproot(this.digests, this.inputIndex, hashType, context)
    if (hash === undefined) return ERROR.SCHNORR_SIG_HASHTYPE
    const bare = signature.length === 64 ? signature : signature.subarray(0, 64)
    const { crypto } = this.digests
    if (this.#memory === undefined)
      return crypto.verifySchnorr(publicKeyX, bare, hash) ? OK : ERROR.SCHNORR_SIG
    const entry = signatureEntry('schnorr', hash, publicKeyX, bare, crypto)
    if (this.#memory.has(entry)) return OK
    if (!crypto.verifySchnorr(publicKeyX, bare, hash)) return ERROR.SCHNORR_SIG
    this.#memory.add(entry)
    return OK
  }

  /** True when the transaction's own lock time is of the same kind, not below `required`, and in force. [BIP65] */
  isLockTimeMet(required: number): boolean {
    const { tx } = this.digests
    if (tx.lockTime < LOCK_TIME_THRESHOLD !== required < LOCK_TIME_THRESHOLD) return false
    return required <= tx.lockTime && tx.inputs[this.inputIndex]!.sequence !== SEQUENCE_FINAL
  }

  /** True when the input's own relative lock is in force, of the same kind and not below `required`. [BIP112] */
  isRelativeLockMet(required: number): boolean {
    const { tx } = this.digests
    const { sequence } = tx.inputs[this.inputIndex]!
    if (tx.version < 2 || isRelativeLockDisabled(sequence)) return false
    const own = sequence & RELATIVE_LOCK_MASK
    const wanted = required & RELATIVE_LOCK_MASK
    return own < RELATIVE_LOCK_IS_TIME === wanted < RELATIVE_LOCK_IS_TIME && wanted <= own
  }

  #ecdsaHash(scriptCode: Uint8Array, hashType: number, inWitness: boolean): Uint8Array {
    const slot = inWitness ? hashType : hashType + 0x100
    const known = this.#hashes.get(slot)
    if (known !== undefined && equalBytes(known.scriptCode, scriptCode)) return known.hash
    const { digests, inputIndex } = this
    const hash = inWitness
      ? signatureHashWitnessV0(digests, inputIndex, scriptCode, hashType, digests.spent[inputIndex]!.value)
      : signatureHashLegacy(digests, inputIndex, scriptCode, hashType)
    this.#hashes.set(slot, { scriptCode, hash })
    return hash
  }
}

/** True for a sequence number, or an operand of CHECKSEQUENCEVERIFY (at most 5 bytes), that locks nothing. [BIP68] */
export function isRelativeLockDisabled(sequence: number): boolean {
  return (sequence & RELATIVE_LOCK_DISABLED) !== 0
}

/** Bytes of a key that starts with this byte; -1 for what starts no key. [Core CPubKey::GetLen] */
function ecdsaKeyLength(first: number | undefined): number {
  if (first === 2 || first === 3) return 33
  return first === 4 || first === 6 || first === 7 ? 65 : -1
}
