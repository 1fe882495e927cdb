import { ByteWriter, type TxInput } from '../../wire/index.ts'
import { OP } from '../opcodes.ts'
import { ScriptWalk } from '../script-walk.ts'
import { HASH_TYPE, OUTPUTS_MASK } from './hash-type.ts'
import { BLANK_INPUT_BYTES, putOutput, type TxDigests } from './tx-digests.ts'

const scratch = new ByteWriter(1024)

/** The number one, little-endian: what a SINGLE signature without a matching output signs. */
const ONE = Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0))

/**
 * What an ECDSA signature in a script before witnesses signs. `scriptCode` is what runs, from the last executed
 * CODESEPARATOR on and without the signature; `hashType` any 32-bit number. [Core SignatureHash, SigVersion::BASE]
 */
export function signatureHashLegacy(
  digests: TxDigests,
  inputIndex: number,
  scriptCode: Uint8Array,
  hashType: number,
): Uint8Array {
  const { tx, crypto } = digests
  const outputsType = hashType & OUTPUTS_MASK
  if (outputsType === HASH_TYPE.SINGLE && inputIndex >= tx.outputs.length) return ONE.slice()
  const code = withoutCodeSeparators(scriptCode)
  const anyoneCanPay = (hashType & HASH_TYPE.ANYONECANPAY) !== 0
  scratch.reset()
  const isWhole = !anyoneCanPay && outputsType !== HASH_TYPE.NONE && outputsType !== HASH_TYPE.SINGLE
  if (!isWhole || tx.inputs.length === 1) writeParts(digests, inputIndex, code, outputsType, anyoneCanPay)
  else writeWhole(digests, inputIndex, code)
  scratch.u32(hashType >>> 0)
  return crypto.hash256(scratch.view())
}

/** All of several inputs and all outputs: the blanked transaction, which they share, with one script put in. */
function writeWhole({ blanked }: TxDigests, inputIndex: number, code: ScriptCode): void {
  const scriptAt = blanked.firstScriptOffset + BLANK_INPUT_BYTES * inputIndex
  scratch.put(blanked.bytes.subarray(0, scriptAt))
  writeCode(code)
  scratch.put(blanked.bytes.subarray(scriptAt + 1))
}

function writeParts(
  { tx }: TxDigests,
  inputIndex: number,
  code: ScriptCode,
  outputsType: number,
  anyoneCanPay: boolean,
): void {
  const isOwn = (input: TxInput): boolean => input === tx.inputs[inputIndex]
  const othersSequence = (input: TxInput): number =>
    outputsType === HASH_TYPE.NONE || outputsType === HASH_TYPE.SINGLE ? 0 : input.sequence
  const inputs = anyoneCanPay ? [tx.inputs[inputIndex]!] : tx.inputs
  scratch.u32(tx.version).compactSize(inputs.length)
  for (const input of inputs) {
    scratch.put(input.outpoint)
    if (isOwn(input)) {
      writeCode(code)
      scratch.u32(input.sequence)
    } else {
      scratch.u8(0).u32(othersSequence(input))
    }
  }
  if (outputsType === HASH_TYPE.NONE) {
    scratch.compactSize(0)
  } else if (outputsType === HASH_TYPE.SINGLE) {
    scratch.compactSize(inputIndex + 1)
    for (let i = 0; i < inputIndex; i++) scratch.i64FromNumber(-1).u8(0)
    putOutput(scratch, tx.outputs[inputIndex]!)
  } else {
    scratch.compactSize(tx.outputs.length)
    for (const output of tx.outputs) putOutput(scratch, output)
  }
  scratch.u32(tx.lockTime)
}

/** Pieces of a script and the length that is announced for them. */
interface ScriptCode {
  readonly pieces: readonly Uint8Array[]
  readonly length: number
}

function writeCode(code: ScriptCode): void {
  scratch.compactSize(code.length)
  for (const piece of code.pieces) scratch.put(piece)
}

/**
 * The script without its CODESEPARATOR operations. A script that ends in a truncated push is written up to that push
 * while its whole length is announced. [Core CTransactionSignatureSerializer::SerializeScriptCode]
 */
function withoutCodeSeparators(script: Uint8Array): ScriptCode {
  const walk = new ScriptWalk(script)
  const pieces: Uint8Array[] = []
  let from = 0
  let separators = 0
  while (walk.next()) {
    if (walk.opcode !== OP.CODESEPARATOR) continue
    separators++
    pieces.push(script.subarray(from, walk.offset - 1))
    from = walk.offset
  }
  pieces.push(script.subarray(from, walk.offset))
  return { pieces, length: script.length - separators }
}
