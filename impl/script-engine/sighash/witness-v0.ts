import { ByteWriter } from '../../wire/index.ts'
import { HASH_TYPE, OUTPUTS_MASK } from './hash-type.ts'
import { putOutput, type TxDigests } from './tx-digests.ts'

const scratch = new ByteWriter(1024)
const ZEROS = new Uint8Array(32)

/**
 * What an ECDSA signature in a version 0 witness signs. `value` is that of the spent output, in sats; `scriptCode`
 * the script from the last executed CODESEPARATOR on. [BIP143]
 */
export function signatureHashWitnessV0(
  digests: TxDigests,
  inputIndex: number,
  scriptCode: Uint8Array,
  hashType: number,
  value: number,
): Uint8Array {
  const { tx, crypto } = digests
  const input = tx.inputs[inputIndex]!
  const anyoneCanPay = (hashType & HASH_TYPE.ANYONECANPAY) !== 0
  const outputsType = hashType & OUTPUTS_MASK
  const allOutputs = outputsType !== HASH_TYPE.NONE && outputsType !== HASH_TYPE.SINGLE
  const outputs = allOutputs ? digests.doubleOutputs : singleOutput(digests, inputIndex, outputsType)
  scratch
    .reset()
    .u32(tx.version)
    .put(anyoneCanPay ? ZEROS : digests.doublePrevouts)
    .put(anyoneCanPay || !allOutputs ? ZEROS : digests.doubleSequences)
    .put(input.outpoint)
    .putVariable(scriptCode)
    .i64FromNumber(value)
    .u32(input.sequence)
    .put(outputs)
    .u32(tx.lockTime)
    .u32(hashType >>> 0)
  return crypto.hash256(scratch.view())
}

function singleOutput({ tx, crypto }: TxDigests, inputIndex: number, outputsType: number): Uint8Array {
  const output = tx.outputs[inputIndex]
  if (outputsType !== HASH_TYPE.SINGLE || output === undefined) return ZEROS
  scratch.reset()
  putOutput(scratch, output)
  return crypto.hash256(scratch.view())
}
