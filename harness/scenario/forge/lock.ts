import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, counted, hexToBytes, taggedHash, toBigInt } from '../../wire/index.ts'
import type { Lock } from '../format/index.ts'
import { hash160, type Key, type KeyRing } from './keys.ts'
import { assemble, type Placeholder, pushBytes, type ScriptPiece, scriptBytes } from './script.ts'

/** A lock with its names resolved: the script of the output, and what a spender must know. */
export type ResolvedLock = { readonly script: Uint8Array } & (
  | { readonly kind: 'p2pkh' | 'p2pk' | 'p2wpkh' | 'p2sh-p2wpkh' | 'p2tr'; readonly key: Key }
  | {
      readonly kind: 'multisig'
      readonly inner: Uint8Array
      readonly wrap: Wrap
      readonly keys: readonly Key[]
    }
  | { readonly kind: 'script'; readonly inner: Uint8Array; readonly wrap: Wrap }
)

type Wrap = 'bare' | 'p2sh' | 'p2wsh' | 'p2tr'

/** Resolves names in a lock; `extra` answers placeholders beyond keys (times of blocks). */
export function resolveLock(lock: Lock, keyRing: KeyRing, extra: Placeholder, path: string): ResolvedLock {
  if (lock === 'anyone') return plain(scriptBytes([{ opcode: 0x51 }]))
  if (typeof lock === 'string') return keyLock(keyRing(lock, path), 'p2pkh')
  if ('key' in lock) return keyLock(keyRing(lock.key, path), lock.type)
  if ('raw' in lock) return plain(hexToBytes(lock.raw))
  if ('opReturn' in lock) return plain(scriptBytes([{ opcode: 0x6a }, { push: hexToBytes(lock.opReturn) }]))
  if ('script' in lock) {
    const inner = scriptBytes(assemble(lock.script, keyPlaceholder(keyRing, extra, path), path))
    return { kind: 'script', inner, wrap: lock.wrap, script: wrapped(inner, lock.wrap) }
  }
  const keys = lock.multisig.keys.map((name) => keyRing(name, path))
  const inner = multisigScript(lock.multisig.need, keys)
  return { kind: 'multisig', inner, wrap: lock.wrap, keys, script: wrapped(inner, lock.wrap) }
}

/** `<alice>`, `<xonly:alice>`, `<hash:alice>`. */
export function keyPlaceholder(keyRing: KeyRing, extra: Placeholder, path: string): Placeholder {
  return (text) => {
    const given = extra(text)
    if (given !== undefined) return given
    const [form, name] = text.includes(':') ? text.split(':', 2) : ['key', text]
    if (form === 'key') return keyRing(name!, path).publicKey
    if (form === 'xonly') return keyRing(name!, path).xOnly
    if (form === 'hash') return hash160(keyRing(name!, path).publicKey)
    return undefined
  }
}

/** `DUP HASH160 <hash> EQUALVERIFY CHECKSIG`, which P2WPKH also signs. [BIP143] */
export function p2pkhScript(key: Key): Uint8Array {
  return scriptBytes([DUP, HASH160, { push: hash160(key.publicKey) }, EQUALVERIFY, CHECKSIG])
}

export function p2wpkhScript(key: Key): Uint8Array {
  return witnessProgram(0, hash160(key.publicKey))
}

/** A script path under a key nobody has: what its spender shows, and the output; `path` holds the hashes beside the leaf. [BIP341] */
export interface TapLeaf {
  readonly leafHash: Uint8Array
  readonly controlBlock: Uint8Array
  readonly outputScript: Uint8Array
}

export function tapLeaf(
  script: Uint8Array,
  leafVersion = LEAF_VERSION,
  path: readonly Uint8Array[] = [],
): TapLeaf {
  const leafHash = taggedHash('TapLeaf', Uint8Array.of(leafVersion), counted(script))
  const root = path.reduce(
    (node, beside) => taggedHash('TapBranch', ...[node, beside].sort(Buffer.compare)),
    leafHash,
  )
  const output = tweakPoint(UNSPENDABLE_KEY, root)
  return {
    leafHash,
    controlBlock: concatBytes(Uint8Array.of(leafVersion | output.parity), UNSPENDABLE_KEY, ...path),
    outputScript: witnessProgram(1, output.x),
  }
}

/** The secret that spends a key's P2TR output by the key path. [BIP341 taproot_tweak_seckey] */
export function tweakedSecret(key: Key): Uint8Array {
  const { Fn } = secp256k1.Point
  const secret = Fn.fromBytes(key.secret)
  const even = key.publicKey[0] === 2 ? secret : Fn.neg(secret)
  return Fn.toBytes(Fn.add(even, bigEndian(taggedHash('TapTweak', key.xOnly)) % Fn.ORDER))
}

const DUP: ScriptPiece = { opcode: 0x76 }
const HASH160: ScriptPiece = { opcode: 0xa9 }
const EQUAL: ScriptPiece = { opcode: 0x87 }
const EQUALVERIFY: ScriptPiece = { opcode: 0x88 }
const CHECKSIG: ScriptPiece = { opcode: 0xac }
const CHECKMULTISIG = 0xae
const LEAF_VERSION = 0xc0
/** The point of BIP341 whose discrete logarithm nobody knows. */
const UNSPENDABLE_KEY = hexToBytes('50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0')

function plain(script: Uint8Array): ResolvedLock {
  return { kind: 'script', inner: script, wrap: 'bare', script }
}

function keyLock(key: Key, kind: 'p2pkh' | 'p2pk' | 'p2wpkh' | 'p2sh-p2wpkh' | 'p2tr'): ResolvedLock {
  const script = {
    p2pkh: () => p2pkhScript(key),
    p2pk: () => scriptBytes([{ push: key.publicKey }, CHECKSIG]),
    p2wpkh: () => p2wpkhScript(key),
    'p2sh-p2wpkh': () => p2shScript(p2wpkhScript(key)),
    p2tr: () => witnessProgram(1, tweakPoint(key.xOnly).x),
  }[kind]()
  return { kind, key, script }
}

function multisigScript(need: number, keys: readonly Key[]): Uint8Array {
  const counts = [need, keys.length].map((count) => Uint8Array.of(count))
  const pieces = [{ push: counts[0]! }, ...keys.map((key) => ({ push: key.publicKey })), { push: counts[1]! }]
  return scriptBytes([...pieces, { opcode: CHECKMULTISIG }])
}

/** The output's script when this one is hidden behind a hash, or not. */
export function wrapped(inner: Uint8Array, wrap: Wrap): Uint8Array {
  if (wrap === 'bare') return inner
  if (wrap === 'p2sh') return p2shScript(inner)
  if (wrap === 'p2wsh') return witnessProgram(0, sha256(inner))
  return tapLeaf(inner).outputScript
}

function p2shScript(inner: Uint8Array): Uint8Array {
  return scriptBytes([HASH160, { push: hash160(inner) }, EQUAL])
}

function witnessProgram(version: 0 | 1, program: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(version === 0 ? 0 : 0x51), pushBytes(program))
}

/** Q = P + H(P ‖ root)·G. [BIP341] */
function tweakPoint(
  xOnly: Uint8Array,
  root: Uint8Array = new Uint8Array(),
): { x: Uint8Array; parity: 0 | 1 } {
  const tweak = bigEndian(taggedHash('TapTweak', xOnly, root))
  const point = schnorr.utils.lift_x(bigEndian(xOnly)).add(secp256k1.Point.BASE.multiply(tweak))
  const bytes = point.toBytes(true)
  return { x: bytes.slice(1), parity: bytes[0] === 3 ? 1 : 0 }
}

function bigEndian(bytes: Uint8Array): bigint {
  return toBigInt(bytes.toReversed())
}
