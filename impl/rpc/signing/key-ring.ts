import { decodePrivateKey } from '../../address-encoding/index.ts'
import type { AddressPrefixes } from '../../chains/index.ts'
import { type Crypto, taprootOutputScript } from '../../script-engine/index.ts'
import { bytesToHex, concatBytes } from '../../wire/index.ts'
import type { Signer } from '../signer.ts'

/** A key that may sign, with the public key that scripts name. */
interface SigningKey {
  readonly secret: Uint8Array
  readonly publicKey: Uint8Array
}

/** The keys and scripts that one call may use. */
export class KeyRing {
  readonly #crypto: Crypto
  readonly #signer: Signer
  readonly #byPublicKey = new Map<string, SigningKey>()
  readonly #byKeyHash = new Map<string, SigningKey>()
  /** Secrets by the x-only key of a taproot output. */
  readonly #byOutputKey = new Map<string, Uint8Array>()
  /** Scripts by HASH160 and by SHA-256. */
  readonly #scripts = new Map<string, Uint8Array>()

  constructor(crypto: Crypto, signer: Signer) {
    this.#crypto = crypto
    this.#signer = signer
  }

  /** Adds a private key as wallets write it; false for a text that is none of this chain. */
  addKey(text: string, prefixes: AddressPrefixes): boolean {
    const key = decodePrivateKey(text, prefixes, this.#crypto)
    if (key === undefined) return false
    const { secret, isCompressed } = key
    const publicKey = this.#signer.publicKey(secret, isCompressed)
    const entry = { secret, publicKey }
    this.#byPublicKey.set(bytesToHex(publicKey), entry)
    this.#byKeyHash.set(bytesToHex(this.#crypto.hash160(publicKey)), entry)
    this.#addTaproot(secret)
    if (isCompressed) {
      const program = concatBytes(Uint8Array.of(0, 20), this.#crypto.hash160(publicKey))
      this.addScript(program)
    }
    return true
  }

  addScript(script: Uint8Array): void {
    this.#scripts.set(bytesToHex(this.#crypto.hash160(script)), script)
    this.#scripts.set(bytesToHex(this.#crypto.sha256(script)), script)
  }

  /** The script behind a hash of 20 or 32 bytes. */
  script(hash: Uint8Array): Uint8Array | undefined {
    return this.#scripts.get(bytesToHex(hash))
  }

  publicKeyOf(keyHash: Uint8Array): Uint8Array | undefined {
    return this.#byKeyHash.get(bytesToHex(keyHash))?.publicKey
  }

  /** r and s; undefined without the key. */
  signEcdsa(publicKey: Uint8Array, hash: Uint8Array): Uint8Array | undefined {
    const key = this.#byPublicKey.get(bytesToHex(publicKey))
    return key === undefined ? undefined : this.#signer.signEcdsa(key.secret, hash)
  }

  signSchnorr(outputKey: Uint8Array, hash: Uint8Array): Uint8Array | undefined {
    const secret = this.#byOutputKey.get(bytesToHex(outputKey))
    return secret === undefined ? undefined : this.#signer.signSchnorr(secret, hash)
  }

  /** A key may be that of the output itself, or be tweaked by no scripts. [BIP86; BIP341] */
  #addTaproot(secret: Uint8Array): void {
    const x = this.#signer.publicKey(secret, true).subarray(1)
    this.#byOutputKey.set(bytesToHex(x), secret)
    const output = taprootOutputScript(x, undefined, this.#crypto)
    if (output === undefined) return
    const tweak = this.#crypto.taggedHash('TapTweak', x)
    this.#byOutputKey.set(bytesToHex(output.subarray(2)), this.#signer.tweakSecret(secret, tweak))
  }
}
