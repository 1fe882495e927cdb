import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import type { RawOutput, RawTransaction } from '../../wire/index.ts'
import { concatBytes } from '../../wire/index.ts'
import { ScenarioError } from '../error.ts'
import type { Unlock } from '../format/index.ts'
import type { Key, KeyRing } from './keys.ts'
import {
  keyPlaceholder,
  p2pkhScript,
  p2wpkhScript,
  type ResolvedLock,
  tapLeaf,
  tweakedSecret,
} from './lock.ts'
import { assemble, scriptBytes, stackItems } from './script.ts'
import { hashTypeByte, legacySighash, taprootSighash, witnessSighash } from './sighash.ts'

/** The two places in which an input proves its right. */
export interface Proof {
  readonly scriptSig: Uint8Array
  readonly witness: readonly Uint8Array[]
}

/** One input to be signed, in a transaction whose inputs and outputs are all settled. */
export interface SigningTask {
  readonly transaction: RawTransaction
  readonly index: number
  /** One per input, in order. */
  readonly spent: readonly RawOutput[]
  readonly lock: ResolvedLock
  readonly unlock: Unlock
  readonly keyRing: KeyRing
  readonly path: string
}

/** What satisfies the lock, signed by the lock's own keys or by those that `unlock` names. */
export function prove(task: SigningTask): Proof {
  const { lock, unlock, path } = task
  if (lock.kind !== 'script' && unlock.script !== undefined)
    throw new ScenarioError(`${path}.unlock.script`, 'this lock takes signatures, not a script')
  if (lock.kind === 'script' && unlock.keys !== undefined)
    throw new ScenarioError(`${path}.unlock.keys`, 'this lock takes a script: <sig:NAME> in it signs')
  switch (lock.kind) {
    case 'p2pk':
      return bare([ecdsa(task, onlyKey(task, lock.key), 'legacy', lock.script)])
    case 'p2pkh': {
      const key = onlyKey(task, lock.key)
      return bare([ecdsa(task, key, 'legacy', lock.script), key.publicKey])
    }
    case 'p2wpkh':
    case 'p2sh-p2wpkh': {
      const key = onlyKey(task, lock.key)
      const witness = [ecdsa(task, key, 'witness', p2pkhScript(lock.key)), key.publicKey]
      const program = [p2wpkhScript(lock.key)]
      return lock.kind === 'p2wpkh' ? { ...NOTHING, witness } : { ...bare(program), witness }
    }
    case 'p2tr':
      return { ...NOTHING, witness: [schnorrSignature(task, tweakedSecret(onlyKey(task, lock.key)))] }
    case 'multisig':
      return proveMultisig(task, lock)
    case 'script':
      return proveScript(task, lock)
  }
}

const NOTHING: Proof = { scriptSig: new Uint8Array(), witness: [] }

function proveMultisig(task: SigningTask, lock: ResolvedLock & { kind: 'multisig' }): Proof {
  const need = lock.inner[0]! - 0x50
  const names = task.unlock.keys
  const signers =
    names === undefined ? lock.keys.slice(0, need) : names.map((name) => task.keyRing(name, task.path))
  const version = lock.wrap === 'p2wsh' ? 'witness' : 'legacy'
  const signatures = signers.map((key) => ecdsa(task, key, version, lock.inner))
  return placed([new Uint8Array(), ...signatures], lock)
}

function proveScript(task: SigningTask, lock: ResolvedLock & { kind: 'script' }): Proof {
  const keys = keyPlaceholder(task.keyRing, () => undefined, task.path)
  const sign = (name: string): Uint8Array => {
    const key = task.keyRing(name, task.path)
    if (lock.wrap === 'p2tr') return schnorrSignature(task, key.secret, tapLeaf(lock.inner).leafHash)
    return ecdsa(task, key, lock.wrap === 'p2wsh' ? 'witness' : 'legacy', lock.inner)
  }
  const placeholder = (text: string) => (text.startsWith('sig:') ? sign(text.slice(4)) : keys(text))
  const pieces = assemble(task.unlock.script ?? '', placeholder, `${task.path}.unlock.script`)
  if (lock.wrap === 'bare') return { ...NOTHING, scriptSig: scriptBytes(pieces) }
  return placed(stackItems(pieces, `${task.path}.unlock.script`), lock)
}

/** Puts stack items, and the script that was hidden behind a hash, where the wrapping wants them. */
function placed(items: readonly Uint8Array[], lock: ResolvedLock & { kind: 'multisig' | 'script' }): Proof {
  if (lock.wrap === 'bare') return bare(items)
  if (lock.wrap === 'p2sh') return bare([...items, lock.inner])
  if (lock.wrap === 'p2wsh') return { ...NOTHING, witness: [...items, lock.inner] }
  return { ...NOTHING, witness: [...items, lock.inner, tapLeaf(lock.inner).controlBlock] }
}

function bare(items: readonly Uint8Array[]): Proof {
  return { ...NOTHING, scriptSig: scriptBytes(items.map((push) => ({ push }))) }
}

function onlyKey(task: SigningTask, own: Key): Key {
  const names = task.unlock.keys
  if (names === undefined) return own
  if (names.length !== 1) throw new ScenarioError(`${task.path}.unlock.keys`, 'this lock takes one key')
  return task.keyRing(names[0]!, task.path)
}

/** DER, low S, nonce by RFC 6979, hash type appended. */
function ecdsa(
  task: SigningTask,
  key: Key,
  version: 'legacy' | 'witness',
  scriptCode: Uint8Array,
): Uint8Array {
  const { transaction, index, spent } = task
  const words = task.unlock.sighash ?? 'ALL'
  if (words === 'DEFAULT')
    throw new ScenarioError(`${task.path}.unlock.sighash`, 'DEFAULT is for taproot only')
  const hashType = hashTypeByte(words)
  const digest =
    version === 'legacy'
      ? legacySighash(transaction, index, scriptCode, hashType)
      : witnessSighash(transaction, index, scriptCode, spent[index]!.value, hashType)
  const signature = secp256k1.sign(digest, key.secret, { prehash: false, format: 'der' })
  return concatBytes(signature, Uint8Array.of(hashType))
}

/** BIP340 with auxiliary randomness of zeros; the hash type is left out when it is DEFAULT. */
function schnorrSignature(task: SigningTask, secret: Uint8Array, leafHash?: Uint8Array): Uint8Array {
  const hashType = hashTypeByte(task.unlock.sighash ?? 'DEFAULT')
  const digest = taprootSighash(task.transaction, task.index, task.spent, hashType, leafHash)
  const signature = schnorr.sign(digest, secret, new Uint8Array(32))
  return hashType === 0 ? signature : concatBytes(signature, Uint8Array.of(hashType))
}
