import { ByteWriter } from '../../wire/index.ts'
import { HASH_TYPE } from './hash-type.ts'
import { putOutput, type TxDigests } from './tx-digests.ts'

const scratch = new ByteWriter(1024)

/** The tapscript a signature belongs to. [BIP342 §Common signature message extension] */
export interface LeafContext {
  readonly leafHash: Uint8Array
  /** Position of the last executed CODESEPARATOR, counted in operations; 0xffffffff when none was. */
  codeSeparatorAt: number
}

/** What a taproot spend adds to its signatures. */
export interface TaprootContext {
  /** SHA-256 of the annex with its length; undefined without annex. */
  readonly annexHash?: Uint8Array | undefined
  /** Absent on the key path. */
  readonly leaf?: LeafContext | undefined
}

/**
 * What a Schnorr signature signs; undefined when the hash type is not defined or SINGLE has no matching output.
 * [BIP341 §Common signature message]
 */
export function signatureHashTaproot(
  digests: TxDigests,
  inputIndex: number,
  hashType: number,
  { annexHash, leaf }: TaprootContext,
): Uint8Array | undefined {
  const { tx, crypto } = digests
  if (!isDefined(hashType)) return undefined
  const outputsType = hashType === HASH_TYPE.DEFAULT ? HASH_TYPE.ALL : hashType & 3
  const single = outputsType === HASH_TYPE.SINGLE ? tx.outputs[inputIndex] : undefined
  if (outputsType === HASH_TYPE.SINGLE && single === undefined) return undefined
  const singleHash = single === undefined ? undefined : hashOutput(digests, inputIndex)
  const anyoneCanPay = (hashType & HASH_TYPE.ANYONECANPAY) !== 0

  scratch.reset().u8(0).u8(hashType).u32(tx.version).u32(tx.lockTime)
  if (!anyoneCanPay)
    scratch.put(digests.prevouts).put(digests.amounts).put(digests.scripts).put(digests.sequences)
  if (outputsType === HASH_TYPE.ALL) scratch.put(digests.outputs)
  scratch.u8((leaf === undefined ? 0 : 2) + (annexHash === undefined ? 0 : 1))
  if (anyoneCanPay) {
    const input = tx.inputs[inputIndex]!
    scratch.put(input.outpoint)
    putOutput(scratch, digests.spent[inputIndex]!)
    scratch.u32(input.sequence)
  } else {
    scratch.u32(inputIndex)
  }
  if (annexHash !== undefined) scratch.put(annexHash)
  if (singleHash !== undefined) scratch.put(singleHash)
  if (leaf !== undefined) scratch.put(leaf.leafHash).u8(0).u32(leaf.codeSeparatorAt)
  return crypto.taggedHash('TapSighash', scratch.view())
}

function isDefined(hashType: number): boolean {
  return (hashType >= 0 && hashType <= 3) || (hashType >= 0x81 && hashType <= 0x83)
}

function hashOutput({ tx, crypto }: TxDigests, index: number): Uint8Array {
  scratch.reset()
  putOutput(scratch, tx.outputs[index]!)
  return crypto.sha256(scratch.view())
}
