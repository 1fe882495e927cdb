import { outputKind } from '../../mempool/index.ts'
import {
  encodePush,
  InputChecker,
  OP,
  ScriptWalk,
  signatureHashLegacy,
  signatureHashTaproot,
  signatureHashWitnessV0,
  type TxDigests,
} from '../../script-engine/index.ts'
import { concatBytes, EMPTY_BYTES, equalBytes, type TxInput } from '../../wire/index.ts'
import { encodeDer } from './encode-der.ts'
import type { KeyRing } from './key-ring.ts'

/** What an input shows for its coin. */
export interface Satisfaction {
  readonly scriptSig: Uint8Array
  readonly witness: readonly Uint8Array[]
}

/**
 * Signs one input as far as the keys go. What `given` inputs show already, right signatures, keys and scripts, is used
 * again, so that several signers may come one after the other. [Core ProduceSignature, SignatureData]
 */
export function signInput(
  digests: TxDigests,
  index: number,
  ring: KeyRing,
  hashType: number,
  given: readonly Satisfaction[],
): Satisfaction {
  return new InputSigner(digests, index, ring, hashType, given).run()
}

class InputSigner {
  readonly #digests: TxDigests
  readonly #index: number
  readonly #ring: KeyRing
  readonly #hashType: number
  readonly #checker: InputChecker
  /** Whatever the given inputs push or carry. */
  readonly #shown: readonly Uint8Array[]
  readonly #given: readonly Satisfaction[]

  constructor(
    digests: TxDigests,
    index: number,
    ring: KeyRing,
    hashType: number,
    given: readonly Satisfaction[],
  ) {
    this.#digests = digests
    this.#index = index
    this.#ring = ring
    this.#hashType = hashType
    this.#checker = new InputChecker(digests, index, undefined)
    this.#given = given
    this.#shown = given.flatMap(({ scriptSig, witness }) => [...pushesOf(scriptSig), ...witness])
  }

  run(): Satisfaction {
    const { script } = this.#digests.spent[this.#index]!
    return this.#solve(script) ?? this.#given[0] ?? { scriptSig: EMPTY_BYTES, witness: [] }
  }

  #solve(script: Uint8Array): Satisfaction | undefined {
    if (outputKind(script) !== 'scripthash') {
      const inner = this.#solveInner(script)
      return inner && { scriptSig: concatBytes(...inner.stack.map(pushOf)), witness: inner.witness }
    }
    const redeem = this.#scriptOf(script.subarray(2, 22))
    if (redeem === undefined) return undefined
    const inner = this.#solveInner(redeem) ?? { stack: [], witness: [] }
    return { scriptSig: concatBytes(...inner.stack.map(pushOf), encodePush(redeem)), witness: inner.witness }
  }

  /** A script that is not one of a hash, or what stands behind one: what goes on the stack, and into the witness. */
  #solveInner(script: Uint8Array): { stack: Uint8Array[]; witness: Uint8Array[] } | undefined {
    switch (outputKind(script)) {
      case 'taproot': {
        const signature = this.#schnorr(script.subarray(2))
        return signature && { stack: [], witness: [signature] }
      }
      case 'witness-v0-keyhash': {
        const stack = this.#satisfy(payToKeyHash(script.subarray(2)), true)
        return stack && { stack: [], witness: stack }
      }
      case 'witness-v0-scripthash': {
        const witnessScript = this.#scriptOf(script.subarray(2))
        if (witnessScript === undefined) return undefined
        return { stack: [], witness: [...(this.#satisfy(witnessScript, true) ?? []), witnessScript] }
      }
      default: {
        const stack = this.#satisfy(script, false)
        return stack && { stack, witness: [] }
      }
    }
  }

  #satisfy(script: Uint8Array, inWitness: boolean): Uint8Array[] | undefined {
    switch (outputKind(script)) {
      case 'pubkey': {
        const signature = this.#ecdsa(script.subarray(1, -1), script, inWitness)
        return signature && [signature]
      }
      case 'pubkeyhash': {
        const hash = script.subarray(3, 23)
        const { crypto } = this.#digests
        const key =
          this.#ring.publicKeyOf(hash) ??
          this.#shown.find((bytes) => isKeySize(bytes) && equalBytes(crypto.hash160(bytes), hash))
        const signature = key && this.#ecdsa(key, script, inWitness)
        return signature && [signature, key]
      }
      case 'multisig':
        return this.#multisig(script, inWitness)
      default:
        return undefined
    }
  }

  /** As many signatures as there are, in the order of the keys; empty ones in place of those that lack. */
  #multisig(script: Uint8Array, inWitness: boolean): Uint8Array[] {
    const needed = script[0]! - OP.ONE + 1
    const keys = pushesOf(script.subarray(1, -2))
    const signatures: Uint8Array[] = []
    for (const key of keys) {
      if (signatures.length === needed) break
      const signature = this.#ecdsa(key, script, inWitness)
      if (signature !== undefined) signatures.push(signature)
    }
    while (signatures.length < needed) signatures.push(EMPTY_BYTES)
    return [EMPTY_BYTES, ...signatures]
  }

  /** A right signature that was shown before, or one of our own. */
  #ecdsa(publicKey: Uint8Array, script: Uint8Array, inWitness: boolean): Uint8Array | undefined {
    const shown = this.#shown.find(
      (bytes) =>
        bytes.length > 8 &&
        bytes.length < 74 &&
        this.#checker.checkEcdsa(bytes, publicKey, script, inWitness),
    )
    if (shown !== undefined) return shown
    const value = this.#digests.spent[this.#index]!.value
    const hash = inWitness
      ? signatureHashWitnessV0(this.#digests, this.#index, script, this.#hashType, value)
      : signatureHashLegacy(this.#digests, this.#index, script, this.#hashType)
    const compact = this.#ring.signEcdsa(publicKey, hash)
    return compact && concatBytes(encodeDer(compact), Uint8Array.of(this.#hashType))
  }

  #schnorr(outputKey: Uint8Array): Uint8Array | undefined {
    const hash = signatureHashTaproot(this.#digests, this.#index, this.#schnorrType, {})
    const signature = hash && this.#ring.signSchnorr(outputKey, hash)
    if (signature === undefined)
      return this.#shown.find((bytes) => this.#checker.checkSchnorr(bytes, outputKey, {}) === 0)
    return this.#schnorrType === 0 ? signature : concatBytes(signature, Uint8Array.of(this.#schnorrType))
  }

  get #schnorrType(): number {
    return this.#hashType === ALL ? 0 : this.#hashType
  }

  #scriptOf(hash: Uint8Array): Uint8Array | undefined {
    const { crypto } = this.#digests
    return (
      this.#ring.script(hash) ??
      this.#shown.find((bytes) =>
        equalBytes(hash.length === 20 ? crypto.hash160(bytes) : crypto.sha256(bytes), hash),
      )
    )
  }
}

const ALL = 1

export function shownBy({ scriptSig, witness }: TxInput): Satisfaction {
  return { scriptSig, witness }
}

function payToKeyHash(hash: Uint8Array): Uint8Array {
  return concatBytes(
    Uint8Array.of(OP.DUP, OP.HASH160),
    encodePush(hash),
    Uint8Array.of(OP.EQUALVERIFY, OP.CHECKSIG),
  )
}

function pushOf(bytes: Uint8Array): Uint8Array {
  return encodePush(bytes)
}

function isKeySize({ length }: Uint8Array): boolean {
  return length === 33 || length === 65
}

/** What the operations of a script push, as long as they only push bytes. */
function pushesOf(script: Uint8Array): Uint8Array[] {
  const pushes: Uint8Array[] = []
  for (const walk = new ScriptWalk(script); walk.next() && walk.opcode <= OP.PUSHDATA4; )
    pushes.push(walk.data())
  return pushes
}
