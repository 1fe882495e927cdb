import { constrain } from '../constraints.ts'
import { encodePush } from '../instruction.ts'
import type { Machine } from '../machine.ts'
import { findAndDelete } from './find-and-delete.ts'

/** The part of the script that signatures commit to; before SegWit the signatures' own pushes are cut out of it. [Core EvalChecksigPreTapscript] */
export function scriptCodeWithout(signatures: readonly Uint8Array[], machine: Machine): Uint8Array {
  const scriptCode = machine.script.subarray(machine.scriptCodeOffset)
  if (machine.context.sigVersion !== 'legacy') return scriptCode
  return signatures.reduce((code, signature) => {
    const { script, isFound } = findAndDelete(code, encodePush(signature))
    if (isFound) constrain('signatureInScript', signature, machine.context)
    return script
  }, scriptCode)
}
