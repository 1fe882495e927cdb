import { concatBytes } from '@noble/hashes/utils.js'
import { encodeAll, encodeStripped, sha256d, uint32 } from '../../encoding/index.ts'
import type { Input, Output, Transaction } from '../../vocabulary/index.ts'
import { sats } from '../../vocabulary/index.ts'
import { instructions } from '../instruction.ts'
import { isAnyoneCanPay, signedOutputs } from './hash-type.ts'

const OP_CODESEPARATOR = 0xab
const EMPTY = new Uint8Array()
const BLANK_OUTPUT: Output = { value: sats(-1), script: EMPTY }
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
  const outputs = signedOutputs(hashType)
  if (outputs === 'single' && inputIndex >= transaction.outputs.length) return ONE
  const signed = encodeStripped({ ...transaction, inputs: inputsToSign(), outputs: outputsToSign() })
  return sha256d(concatBytes(signed, encodeAll(uint32, hashType >>> 0)))

  function inputsToSign(): Input[] {
    const own = { ...transaction.inputs[inputIndex]!, scriptSig: withoutCodeSeparators(scriptCode) }
    if (isAnyoneCanPay(hashType)) return [own]
    return transaction.inputs.map((input, index) => (index === inputIndex ? own : blanked(input)))
  }

  function blanked(input: Input): Input {
    return { ...input, scriptSig: EMPTY, sequence: outputs === 'all' ? input.sequence : 0 }
  }

  function outputsToSign(): readonly Output[] {
    if (outputs === 'all') return transaction.outputs
    if (outputs === 'none') return []
    return [...Array<Output>(inputIndex).fill(BLANK_OUTPUT), transaction.outputs[inputIndex]!]
  }
}

function withoutCodeSeparators(script: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = []
  let offset = 0
  for (const instruction of instructions(script)) {
    if (instruction === undefined) break
    if (instruction.code !== OP_CODESEPARATOR) kept.push(script.subarray(offset, instruction.nextOffset))
    offset = instruction.nextOffset
  }
  return concatBytes(...kept, script.subarray(offset))
}
