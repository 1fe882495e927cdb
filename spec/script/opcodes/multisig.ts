import { constrain } from '../constraints.ts'
import { fail } from '../errors.ts'
import { MULTISIG_KEYS_MAX, OPERATIONS_MAX } from '../limits.ts'
import type { Machine, Opcode } from '../machine.ts'
import { encodeBoolean } from '../number.ts'
import { checkEcdsaSignature } from '../signature/check-ecdsa.ts'
import { scriptCodeWithout } from '../signature/script-code.ts'
import { verifying } from './kinds.ts'
import { popNumber } from './numbers.ts'

/**
 * ( dummy signature… m publicKey… n -- whether each signature is by one of the keys, in order ): one item too many
 * is consumed, a mistake that became consensus. [Core OP_CHECKMULTISIG]
 */
const checkMultisig: Opcode = {
  code: 0xae,
  name: 'OP_CHECKMULTISIG',
  execute(machine) {
    const { stack, context } = machine
    if (context.sigVersion === 'tapscript') fail('TAPSCRIPT_CHECKMULTISIG')
    const publicKeys = popPublicKeys(machine)
    const signatures = popSignatures(machine, publicKeys.length)
    const isValid = allSigned(machine, signatures, publicKeys)
    if (!isValid) {
      for (const signature of signatures)
        if (signature.length > 0) constrain('failedSignature', signature, context)
    }
    constrain('multisigDummy', stack.pop(), context)
    stack.push(encodeBoolean(isValid))
  },
}

export const multisigOpcodes: readonly Opcode[] = [
  checkMultisig,
  verifying(0xaf, 'OP_CHECKMULTISIGVERIFY', checkMultisig, 'CHECKMULTISIGVERIFY'),
]

/** Each key counts as an operation, whether it is used or not. */
function popPublicKeys(machine: Machine): Uint8Array[] {
  const count = popNumber(machine)
  if (count < 0 || count > MULTISIG_KEYS_MAX) fail('PUBKEY_COUNT')
  machine.opCount += count
  if (machine.opCount > OPERATIONS_MAX) fail('OP_COUNT')
  return machine.stack.take(count).reverse()
}

/** The dummy below the signatures MUST be there before any of them is looked at. */
function popSignatures(machine: Machine, keyCount: number): Uint8Array[] {
  const count = popNumber(machine)
  if (count < 0 || count > keyCount) fail('SIG_COUNT')
  machine.stack.require(count + 1)
  return machine.stack.take(count).reverse()
}

/**
 * Walks both lists from the top of the stack down: a key that did not sign is skipped, and the walk ends as soon as
 * fewer keys than signatures remain. Encodings are judged only of the pairs that are reached.
 */
function allSigned(
  machine: Machine,
  signatures: readonly Uint8Array[],
  publicKeys: readonly Uint8Array[],
): boolean {
  const scriptCode = scriptCodeWithout(signatures, machine)
  let signed = 0
  for (const [tried, publicKey] of publicKeys.entries()) {
    if (signatures.length - signed > publicKeys.length - tried) return false
    const signature = signatures[signed]
    if (signature === undefined) return true
    if (checkEcdsaSignature(signature, publicKey, scriptCode, machine.context)) signed++
  }
  return signed === signatures.length
}
