import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import { ripemd160 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { toHex } from '../encoding/index.ts'
import type { Output, Transaction } from '../vocabulary/index.ts'
import { NULL_HASH, sats } from '../vocabulary/index.ts'
import { assemble } from './assemble.ts'
import type { ScriptErrorName } from './errors.ts'
import { evaluate } from './evaluate.ts'
import type { Feature } from './features.ts'
import type { ScriptContext, ScriptExtension } from './machine.ts'
import { tapLeafHash, taprootOutputKey } from './taproot.ts'
import { verifyInput } from './verify-input.ts'

/** A script of this many bytes that only pushes, and leaves true. */
export function scriptOfSize(bytes: number): string {
  const chunk = `0x4d0802${'00'.repeat(520)} `
  return chunk.repeat(Math.floor(bytes / 523)) + '0x51 '.repeat(bytes % 523)
}

/** What a test spends and how; omitted fields are empty, final, version 2. */
export interface TestSpend {
  readonly output?: Uint8Array
  readonly scriptSig?: Uint8Array
  readonly witness?: readonly Uint8Array[]
  readonly features?: readonly Feature[]
  readonly extension?: ScriptExtension
  readonly value?: number
  readonly version?: number
  readonly sequence?: number
  readonly lockTime?: number
}

/** One input, one output of one satoshi. */
export function transactionOf({
  version = 2,
  sequence = 0xffffffff,
  lockTime = 0,
  ...spend
}: TestSpend): Transaction {
  return {
    version,
    inputs: [
      {
        outpoint: { txid: NULL_HASH, index: 0 },
        scriptSig: spend.scriptSig ?? new Uint8Array(),
        sequence,
        witness: spend.witness ?? [],
      },
    ],
    outputs: [{ value: sats(1), script: new Uint8Array() }],
    lockTime,
  }
}

/** The one output that is spent. */
export function spentOutputOf({ output = new Uint8Array(), value = 0 }: TestSpend): Output {
  return { value: sats(value), script: output }
}

/** How the machine judges the spend. */
export function judge(spend: TestSpend): ScriptErrorName {
  return verifyInput({
    transaction: transactionOf(spend),
    inputIndex: 0,
    spentOutputs: [spentOutputOf(spend)],
    features: new Set(spend.features),
    extension: spend.extension,
  })
}

/** One script alone, on an empty stack: how it ended and what it left, in hex, bottom first. */
export function outcomeOf(
  script: string,
  context: Partial<ScriptContext> = {},
): { error: string; stack: string[] } {
  const { error, stack } = evaluate(assemble(script), [], {
    sigVersion: 'legacy',
    features: new Set(),
    transaction: transactionOf({}),
    inputIndex: 0,
    spentOutputs: [spentOutputOf({})],
    extension: {},
    ...context,
  })
  return { error, stack: stack.map(toHex) }
}

/** A secret key for tests, and its public keys. */
export const secretKey: Uint8Array = Uint8Array.from({ length: 32 }, (_, at) => at + 1)
export const publicKey: Uint8Array = secp256k1.getPublicKey(secretKey)
export const xOnlyKey: Uint8Array = schnorr.getPublicKey(secretKey)

/** A DER signature of a hash with its hash type byte. */
export function signEcdsa(hash: Uint8Array, hashType = 1, { highS = false } = {}): Uint8Array {
  const options = { prehash: false, lowS: true } as const
  const low = secp256k1.Signature.fromBytes(
    secp256k1.sign(hash, secretKey, { ...options, format: 'compact' }),
  )
  const signature = highS ? new secp256k1.Signature(low.r, secp256k1.Point.Fn.ORDER - low.s) : low
  return concatBytes(signature.toBytes('der'), Uint8Array.of(hashType))
}

/** A witness v0 output of a script. */
export function payToWitnessScript(script: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(0, 32), sha256(script))
}

/** An output of a script's hash. */
export function payToScriptHash(script: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(0xa9, 20), ripemd160(sha256(script)), Uint8Array.of(0x87))
}

/** A taproot output whose tree is one leaf, and what reveals it. */
export function payToLeaf(
  script: Uint8Array,
  version = 0xc0,
): { output: Uint8Array; control: Uint8Array; leafHash: Uint8Array } {
  const leafHash = tapLeafHash(version, script)
  const { key, isOdd } = taprootOutputKey(xOnlyKey, leafHash)!
  return {
    output: concatBytes(Uint8Array.of(0x51, 32), key),
    control: concatBytes(Uint8Array.of(version + (isOdd ? 1 : 0)), xOnlyKey),
    leafHash,
  }
}

/** A spend of a tapscript by the items before it. */
export function spendTapscript(
  script: string,
  items: readonly Uint8Array[] = [],
  spend: TestSpend = {},
): TestSpend {
  const leaf = assemble(script)
  const { output, control } = payToLeaf(leaf)
  return { output, witness: [...items, leaf, control], features: ['P2SH', 'WITNESS', 'TAPROOT'], ...spend }
}

/** A spend of a witness v0 script by the items before it. */
export function spendWitnessScript(
  script: string,
  items: readonly Uint8Array[] = [],
  spend: TestSpend = {},
): TestSpend {
  const leaf = assemble(script)
  return {
    output: payToWitnessScript(leaf),
    witness: [...items, leaf],
    features: ['P2SH', 'WITNESS'],
    ...spend,
  }
}
