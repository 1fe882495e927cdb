import { discourage } from '../constraints.ts'
import { fail, requireOk } from '../errors.ts'
import { SIGOP_BUDGET_UNITS } from '../limits.ts'
import type { Machine } from '../machine.ts'
import { requireSchnorrSignature } from './check-schnorr.ts'

/**
 * Whether a signature was given: in tapscript an empty one is an honest no, and any other MUST be valid and pays
 * from the budget. Keys of unknown length are satisfied by anything. [BIP342 §Rules for signature opcodes]
 */
export function checkTapscriptSignature(
  machine: Machine,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  const isGiven = signature.length > 0
  if (isGiven) payForCheck(machine)
  if (publicKey.length === 0) fail('TAPSCRIPT_EMPTY_PUBKEY')
  if (publicKey.length !== 32) checkOtherKeyType(machine, publicKey, signature)
  else if (isGiven)
    requireSchnorrSignature(signature, publicKey, machine.context, machine.codeSeparatorPosition)
  return isGiven
}

/** Each signature that is given uses up the witness's weight. [BIP342 §Resource limits] */
export function payForCheck(machine: Machine): void {
  machine.sigopBudget -= SIGOP_BUDGET_UNITS
  if (machine.sigopBudget < 0) fail('TAPSCRIPT_VALIDATION_WEIGHT')
}

function checkOtherKeyType(machine: Machine, publicKey: Uint8Array, signature: Uint8Array): void {
  const { context } = machine
  const keyType = context.extension.publicKeyTypes?.find(
    ({ feature, isOfType }) => context.features.has(feature) && isOfType(publicKey),
  )
  if (keyType === undefined) discourage('DISCOURAGE_UPGRADABLE_PUBKEYTYPE', context)
  else if (signature.length > 0) requireOk(keyType.verify(machine, publicKey, signature))
}
