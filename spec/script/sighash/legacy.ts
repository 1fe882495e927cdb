import { concatBytes } from '@noble/hashes/utils.js'
import {
  compactSize,
  encodeAll,
  listOf,
  outpointFormat,
  outputFormat,
  sha256d,
  uint32,
  varBytes,
} from '../../encoding/index.ts'
import type { Input, Output, Transaction } from '../../vocabulary/index.ts'
import { sats } from '../../vocabulary/index.ts'
import { instructions, stopOfBrokenRead } from '../instruction.ts'
import { isAnyoneCanPay, signedOutputs } from './hash-type.ts'

const OP_CODESEPARATOR = 0xab
const BLANK_OUTPUT: Output = { value: sats(-1), script: new Uint8Array() }
const EMPTY_SCRIPT = encodeAll(varBytes, new Uint8Array())
const outputs = listOf(outputFormat)
const ONE = Uint8Array.of(1, ...new Uint8Array(31))

/**
 * The hash that a signature commits to before SegWit: the transaction with the script code in place of the signed
 * input's script, other scripts empty, and what the hash type leaves open blanked. A SINGLE without an output of
 * its index signs the number one. `hashType` is taken as 32 bits. [Core SignatureHash, SigVersion::BASE]
 */
export function legacySignatureHash(
  transaction: Transaction,
  inputIndex: number,
  scriptCode: Uint8Array,
  hashType: number,
): Uint8Array {
  const signed = signedOutputs(hashType)
  if (signed === 'single' && inputIndex >= transaction.outputs.length) return ONE
  const inputs = inputsToSign()
  return sha256d(
    concatBytes(
      encodeAll(uint32, transaction.version),
      encodeAll(compactSize, inputs.length),
      ...inputs,
      encodeAll(outputs, outputsToSign()),
      encodeAll(uint32, transaction.lockTime),
      encodeAll(uint32, hashType >>> 0),
    ),
  )

  function inputsToSign(): Uint8Array[] {
    if (isAnyoneCanPay(hashType)) return [own()]
    return transaction.inputs.map((input, index) => {
      if (index === inputIndex) return own()
      return encodeInput(input, EMPTY_SCRIPT, signed === 'all' ? input.sequence : 0)
    })
  }

  function own(): Uint8Array {
    const input = transaction.inputs[inputIndex]!
    return encodeInput(input, encodeScriptCode(scriptCode), input.sequence)
  }

  function outputsToSign(): readonly Output[] {
    if (signed === 'all') return transaction.outputs
    if (signed === 'none') return []
    return [...Array<Output>(inputIndex).fill(BLANK_OUTPUT), transaction.outputs[inputIndex]!]
  }
}

function encodeInput({ outpoint }: Input, script: Uint8Array, sequence: number): Uint8Array {
  return concatBytes(encodeAll(outpointFormat, outpoint), script, encodeAll(uint32, sequence))
}

/**
 * A script code as it is signed: without its OP_CODESEPARATORs, behind its length. Of a last instruction that lacks bytes
 * the length counts all, but nothing is written from where reading stops. [Core CTransactionSignatureSerializer::SerializeScriptCode]
 */
function encodeScriptCode(script: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = []
  let announced = script.length
  let offset = 0
  for (const instruction of instructions(script)) {
    const end = instruction?.nextOffset ?? stopOfBrokenRead(script, offset)
    if (instruction?.code === OP_CODESEPARATOR) announced -= 1
    else kept.push(script.subarray(offset, end))
    offset = end
  }
  return concatBytes(encodeAll(compactSize, announced), ...kept)
}
