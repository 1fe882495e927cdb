import { schnorr } from '@noble/curves/secp256k1.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { encodeAll, int64, uint32, varBytes } from '../encoding/index.ts'
import type { Machine, ScriptContext, ScriptErrorName } from '../script/index.ts'
import {
  encodePush,
  outputHash,
  outputsHash,
  taggedHash,
  tapLeafHash,
  taprootSignatureHash,
  verifySchnorr,
} from '../script/index.ts'
import type { RejectedSpend, SpendExample, Upgrade } from '../upgrades/index.ts'
import { drawBytes, drawFrom, inTapscript, spenderOf, spentBy } from '../upgrades/index.ts'

const FEATURE = 'ANYPREVOUT'
const KEY_VERSION = 1
const PREFIX = 0x01
const HASH_TYPES = [0, 1, 2, 3, 0x41, 0x42, 0x43, 0x81, 0x82, 0x83, 0xc1, 0xc2, 0xc3]
const NOTHING = new Uint8Array()

/** ANYPREVOUT: a signature that does not say which output it spends. */
export const bip118: Upgrade = {
  id: 'bip118',
  text: 'Keys of a new type in tapscripts may sign without committing to the output that is spent.',
  sources: ['BIP118'],
  deployment: { kind: 'never' },
  features: [FEATURE],
  slots: ['tapscript-key-1', 'tapscript-key-33-01'],
  examples: {
    accepts: [signed({}, 0x41), signed({}, 0xc1)],
    rejects: [
      { ...signed({}, 0x40), error: 'SCHNORR_SIG_HASHTYPE' },
      { ...signed({}, 0x41), sequence: 0xfffffffe, error: 'SCHNORR_SIG' },
      { ...inTapscript(Uint8Array.of(1, PREFIX, 0xac), [new Uint8Array(64)]), error: 'SCHNORR_SIG' },
    ],
    generator: (draw) => {
      const spend = { sequence: 2 ** 31 + draw(2 ** 31 - 2), lockTime: draw(100) }
      const secret = Uint8Array.of(...drawBytes(draw, 31), 1)
      const hashType = HASH_TYPES[draw(HASH_TYPES.length)]!
      return {
        accepts: signed(spend, hashType, secret),
        rejects: drawFrom<RejectedSpend>(draw, [
          () => ({ ...signed(spend, hashType, secret), lockTime: spend.lockTime + 1, error: 'SCHNORR_SIG' }),
          () => ({ ...signed(spend, 0x44 + draw(0x3d), secret), error: 'SCHNORR_SIG_HASHTYPE' }),
          () => ({ ...signed(spend, 0x41, secret, drawBytes(draw, 1, 63)), error: 'SCHNORR_SIG_SIZE' }),
        ]),
      }
    },
  },
  extension: { publicKeyTypes: [{ feature: FEATURE, isOfType, verify }] },
}

/** One byte stands for the internal key, 33 bytes carry a key of their own. [BIP118 §Rules for signature opcodes] */
function isOfType(publicKey: Uint8Array): boolean {
  return publicKey[0] === PREFIX && (publicKey.length === 1 || publicKey.length === 33)
}

function verify(machine: Machine, publicKey: Uint8Array, signature: Uint8Array): ScriptErrorName {
  const { context, codeSeparatorPosition } = machine
  if (signature.length !== 64 && signature.length !== 65) return 'SCHNORR_SIG_SIZE'
  const hashType = signature[64] ?? 0
  if (signature[64] === 0 || !HASH_TYPES.includes(hashType)) return 'SCHNORR_SIG_HASHTYPE'
  const hash = signatureHash(context, hashType, codeSeparatorPosition)
  if (hash === undefined) return 'SCHNORR_SIG_HASHTYPE'
  const key = publicKey.length === 1 ? context.taproot!.leaf!.internalKey! : publicKey.subarray(1)
  return verifySchnorr(key, hash, signature.subarray(0, 64)) ? 'OK' : 'SCHNORR_SIG'
}

/** What a key of the new type signs; nothing where a hash type names an output that is not there. [BIP118 §Signature message] */
function signatureHash(context: ScriptContext, hashType: number, codeSeparatorPosition: number) {
  const { transaction, inputIndex, spentOutputs, taproot } = context
  const { annexHash, leaf } = taproot!
  const tapscript = { leafHash: leaf!.hash, codeSeparatorPosition, keyVersion: KEY_VERSION }
  if ((hashType & 0x40) === 0)
    return taprootSignatureHash({ transaction, inputIndex, spentOutputs, hashType, annexHash, tapscript })
  const [spent, own] = [spentOutputs[inputIndex]!, transaction.outputs[inputIndex]]
  const [isAll, isSingle, isAnyScript] = [(hashType & 3) === 1, (hashType & 3) === 3, hashType >= 0xc0]
  if (isSingle && own === undefined) return undefined
  return taggedHash(
    'TapSighash',
    Uint8Array.of(0, hashType),
    encodeAll(uint32, transaction.version),
    encodeAll(uint32, transaction.lockTime),
    isAll ? outputsHash(transaction) : NOTHING,
    Uint8Array.of(annexHash === undefined ? 2 : 3),
    isAnyScript ? NOTHING : concatBytes(encodeAll(int64, spent.value), encodeAll(varBytes, spent.script)),
    encodeAll(uint32, transaction.inputs[inputIndex]!.sequence),
    annexHash ?? NOTHING,
    isSingle ? outputHash(own!) : NOTHING,
    isAnyScript ? NOTHING : leaf!.hash,
    Uint8Array.of(KEY_VERSION),
    encodeAll(uint32, codeSeparatorPosition),
  )
}

/** A spend signed with a key of 33 bytes under a hash type, and perhaps with other bytes in the signature's place. */
function signed(
  spend: Omit<SpendExample, 'script'>,
  hashType: number,
  secret: Uint8Array = new Uint8Array(32).fill(1),
  instead?: Uint8Array,
): SpendExample {
  const key = Uint8Array.of(PREFIX, ...schnorr.getPublicKey(secret))
  const script = concatBytes(encodePush(key), Uint8Array.of(0xac))
  const output = inTapscript(script)
  const leaf = { version: 0xc0, script, hash: tapLeafHash(0xc0, script), witnessSize: 0 }
  const context: ScriptContext = {
    sigVersion: 'tapscript',
    features: new Set(),
    transaction: spenderOf(spend),
    inputIndex: 0,
    spentOutputs: [spentBy(output)],
    extension: {},
    taproot: { annexHash: undefined, leaf },
  }
  const hash = signatureHash(context, hashType, 0xffffffff) ?? new Uint8Array(32)
  const signature = schnorr.sign(hash, secret, new Uint8Array(32))
  const typed = hashType === 0 ? signature : Uint8Array.of(...signature, hashType)
  return { ...spend, ...inTapscript(script, [instead ?? typed]) }
}
