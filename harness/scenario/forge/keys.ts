import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import { ripemd160 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { ScenarioError } from '../error.ts'

/** A named key pair; the name is the seed, so that a scenario holds no secrets. */
export interface Key {
  readonly name: string
  readonly secret: Uint8Array
  /** Compressed, 33 bytes. */
  readonly publicKey: Uint8Array
  /** The x coordinate, 32 bytes. [BIP340] */
  readonly xOnly: Uint8Array
}

export type KeyRing = (name: string, path: string) => Key

/** Looks up declared keys only, so that a misspelt name is not a new person. */
export function createKeyRing(names: readonly string[]): KeyRing {
  const keys = new Map<string, Key>()
  const declared = new Set(names)
  return (name, path) => {
    if (!declared.has(name)) throw new ScenarioError(path, `no key named "${name}"`)
    const known = keys.get(name)
    if (known !== undefined) return known
    const key = deriveKey(name)
    keys.set(name, key)
    return key
  }
}

export function hash160(bytes: Uint8Array): Uint8Array {
  return ripemd160(sha256(bytes))
}

function deriveKey(name: string): Key {
  const secret = sha256(utf8ToBytes(`touchstone key ${name}`))
  return { name, secret, publicKey: secp256k1.getPublicKey(secret), xOnly: schnorr.getPublicKey(secret) }
}
