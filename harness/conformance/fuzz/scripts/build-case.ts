import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { ScriptRequest } from '../../../ports/index.ts'
import {
  hash160,
  legacySighash,
  p2pkhScript,
  pushBytes,
  ScenarioError,
  tapLeaf,
  taprootSighash,
  tweakedSecret,
  witnessSighash,
  wrapped,
} from '../../../scenario/index.ts'
import { concatBytes, type RawOutput, type RawTransaction, transactionBytes } from '../../../wire/index.ts'
import { damaged, type Shown } from './damage.ts'
import { afterSeparators, isSeparator, keyBytes, keyOf, scriptOf } from './pieces.ts'
import type { Item, ScriptCase } from './script-case.ts'
import { flawed } from './signature-flaws.ts'

const ANNEX_TAG = 0x50

/** The bytes of a case; the flags are the caller's. */
export function buildCase(given: ScriptCase): Omit<ScriptRequest, 'flags'> {
  const inputIndex = given.inputIndex % given.inputs
  const spent: RawOutput[] = Array.from({ length: given.inputs }, (_, index) => ({
    value: index === inputIndex ? given.value : BigInt(index),
    script: index === inputIndex ? outputOf(given) : Uint8Array.of(0x51),
  }))
  const unsigned: RawTransaction = {
    version: given.version,
    lockTime: given.lockTime,
    inputs: spent.map((_, index) => ({
      txid: sha256(Uint8Array.of(index & 0xff, index >> 8)),
      index,
      sequence: index === inputIndex ? given.sequence : index,
      scriptSig: new Uint8Array(),
      witness: [],
    })),
    outputs: Array.from({ length: given.outputs }, (_, index) => ({
      value: BigInt(index),
      script: new Uint8Array(index % 40),
    })),
  }
  const { scriptSig, witness } = damaged(show(given, unsigned, inputIndex, spent), given.damage)
  const inputs = unsigned.inputs.map((input, index) =>
    index === inputIndex ? { ...input, scriptSig, witness } : input,
  )
  return { transaction: transactionBytes({ ...unsigned, inputs }), inputIndex, spentOutputs: spent }
}

function outputOf(given: ScriptCase): Uint8Array {
  const script = scriptOf(given.script)
  const key = keyOf('alice')
  switch (given.wrap) {
    case 'bare':
      return script
    case 'p2sh':
    case 'p2wsh':
      return wrapped(script, given.wrap)
    case 'p2sh-p2wsh':
      return wrapped(wrapped(script, 'p2wsh'), 'p2sh')
    case 'p2tr':
      return leafOf(given, script).outputScript
    case 'p2pkh':
      return p2pkhScript(key)
    case 'p2wpkh':
      return program(0, hash160(key.publicKey))
    case 'p2sh-p2wpkh':
      return wrapped(program(0, hash160(key.publicKey)), 'p2sh')
    case 'p2tr-key':
      return program(1, schnorr.getPublicKey(tweakedSecret(key)))
    case 'program':
      return program(given.program.version, new Uint8Array(given.program.length).fill(7))
  }
}

function show(
  given: ScriptCase,
  transaction: RawTransaction,
  index: number,
  spent: readonly RawOutput[],
): Shown {
  const script = scriptOf(given.script)
  const output = spent[index]!.script
  const annex = given.annex && concatBytes(Uint8Array.of(ANNEX_TAG), given.annex)
  const head = given.extraItem ? [Uint8Array.of(1)] : []
  const tail = annex === undefined ? [] : [annex]
  const signing = { given, transaction, index, spent, annex }
  const standard = standardItems(given)
  switch (given.wrap) {
    case 'bare':
    case 'program':
      return legacy(
        itemBytes(given.items, (item) => ecdsaDigest(signing, 'legacy', script, item)),
        head,
      )
    case 'p2sh':
      return legacy(
        [...itemBytes(given.items, (item) => ecdsaDigest(signing, 'legacy', script, item)), script],
        head,
      )
    case 'p2pkh':
      return legacy(
        itemBytes(standard, (item) => ecdsaDigest(signing, 'legacy', output, item)),
        head,
      )
    case 'p2wsh':
    case 'p2sh-p2wsh': {
      const items = itemBytes(given.items, (item) => ecdsaDigest(signing, 'witness', script, item))
      const scriptSig = given.wrap === 'p2wsh' ? NOTHING : pushBytes(wrapped(script, 'p2wsh'))
      return { output, scriptSig, witness: [...head, ...items, script] }
    }
    case 'p2wpkh':
    case 'p2sh-p2wpkh': {
      const key = keyOf('alice')
      const items = itemBytes(standard, (item) => ecdsaDigest(signing, 'witness', p2pkhScript(key), item))
      const scriptSig = given.wrap === 'p2wpkh' ? NOTHING : pushBytes(program(0, hash160(key.publicKey)))
      return { output, scriptSig, witness: [...head, ...items] }
    }
    case 'p2tr': {
      const leaf = leafOf(given, script)
      const items = itemBytes(given.items, (item) => schnorrDigest(signing, item, leaf.leafHash))
      return { output, scriptSig: NOTHING, witness: [...head, ...items, script, leaf.controlBlock, ...tail] }
    }
    case 'p2tr-key': {
      const items = itemBytes(standard.slice(0, 1), (item) => schnorrDigest(signing, item), true)
      return { output, scriptSig: NOTHING, witness: [...head, ...items, ...tail] }
    }
  }

  function legacy(items: readonly Uint8Array[], witness: readonly Uint8Array[]): Shown {
    return { output, scriptSig: concatBytes(...items.map(pushBytes)), witness }
  }
}

/** A signature and a key, those that the case brings or honest ones. */
function standardItems({ items }: ScriptCase): readonly Item[] {
  const signature = items.find((item) => item.item === 'signature') ?? {
    item: 'signature',
    key: 'alice',
    hashType: 1,
    flaw: 'none',
    separators: 0,
  }
  const key = items.find((item) => item.item === 'key') ?? { item: 'key', key: 'alice', form: 'compressed' }
  return [signature, key]
}

interface Signing {
  readonly given: ScriptCase
  readonly transaction: RawTransaction
  readonly index: number
  readonly spent: readonly RawOutput[]
  readonly annex: Uint8Array | undefined
}

type SignatureItem = Extract<Item, { item: 'signature' }>
type Signed = { readonly digest: Uint8Array; readonly isSchnorr: boolean }

function ecdsaDigest(
  { given, transaction, index, spent }: Signing,
  version: 'legacy' | 'witness',
  script: Uint8Array,
  { hashType, separators }: SignatureItem,
): Signed {
  const isOwn =
    given.wrap === 'bare' || given.wrap === 'p2sh' || given.wrap === 'p2wsh' || given.wrap === 'p2sh-p2wsh'
  const from = isOwn ? scriptOf(afterSeparators(given.script, separators)) : script
  const legacyCode = isOwn
    ? scriptOf(afterSeparators(given.script, separators).filter((piece) => !isSeparator(piece)))
    : script
  const digest =
    version === 'legacy'
      ? legacySighash(transaction, index, legacyCode, hashType)
      : witnessSighash(transaction, index, from, spent[index]!.value, hashType)
  return { digest, isSchnorr: false }
}

function schnorrDigest(
  { given, transaction, index, spent, annex }: Signing,
  { hashType, separators }: SignatureItem,
  leafHash?: Uint8Array,
): Signed {
  const positions = given.script.flatMap((piece, position) => (isSeparator(piece) ? [position] : []))
  const separator = separators === 0 ? undefined : positions[separators - 1]
  const options = { ...(separator === undefined ? {} : { separator }), ...(annex && { annex }) }
  try {
    const digest = taprootSighash(transaction, index, spent, hashType, leafHash, options)
    return { digest, isSchnorr: true }
  } catch (error) {
    // What has no output of its own to sign has no digest.
    if (!(error instanceof ScenarioError)) throw error
    return { digest: new Uint8Array(32), isSchnorr: true }
  }
}

function itemBytes(
  items: readonly Item[],
  digestOf: (item: SignatureItem) => Signed,
  isTweaked = false,
): Uint8Array[] {
  return items.map((item) => {
    if (item.item === 'bytes') return item.bytes
    if (item.item === 'key') return keyBytes(keyOf(item.key), item.form)
    const { digest, isSchnorr } = digestOf(item)
    const key = keyOf(item.key)
    const signature = isSchnorr
      ? schnorr.sign(digest, isTweaked ? tweakedSecret(key) : key.secret, new Uint8Array(32))
      : secp256k1.sign(digest, key.secret, { prehash: false, format: 'der' })
    const isDefault = isSchnorr && item.hashType === 0
    const whole = isDefault ? signature : concatBytes(signature, Uint8Array.of(item.hashType))
    return flawed(whole, item.flaw, isSchnorr)
  })
}

function leafOf({ leafVersion, path }: ScriptCase, script: Uint8Array) {
  const beside = Array.from({ length: path }, (_, index) => new Uint8Array(32).fill(index + 1))
  return tapLeaf(script, leafVersion, beside)
}

function program(version: number, bytes: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(version === 0 ? 0 : 0x50 + version), pushBytes(bytes))
}

const NOTHING = new Uint8Array()
