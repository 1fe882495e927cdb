/**
 * The script machine: whether an input's scripts allow it to spend. It knows features, never heights.
 *
 * Read on in `verify-input.ts` (the order of the checks), `witness.ts` (witness programs, taproot), `evaluate.ts`
 * (one script), `opcodes/index.ts` (the language), `constraints.ts` (what soft forks and policy tighten),
 * `signature/` and `sighash/`.
 */
export { assemble } from './assemble.ts'
export type { ScriptError, ScriptErrorName } from './errors.ts'
export { fail } from './errors.ts'
export type { Evaluation } from './evaluate.ts'
export { evaluate } from './evaluate.ts'
export type { Feature } from './features.ts'
export { FEATURES } from './features.ts'
export { encodePush, instructions, isPushOnly } from './instruction.ts'
export { ITEM_BYTES_MAX } from './limits.ts'
export type {
  Constraint,
  ConstraintSubjects,
  Constraints,
  Machine,
  Opcode,
  OpcodeSlot,
  ScriptContext,
  ScriptExtension,
  SigVersion,
  TaprootLeaf,
  TaprootSpend,
} from './machine.ts'
export { encodeNumber } from './number.ts'
export { OPCODES } from './opcodes/index.ts'
export { legacySignatureHash } from './sighash/legacy.ts'
export { outputHash, outputsHash, sequencesHash } from './sighash/parts.ts'
export type { TaprootSignatureHashRequest } from './sighash/taproot.ts'
export { taprootSignatureHash } from './sighash/taproot.ts'
export { witnessV0SignatureHash } from './sighash/witness-v0.ts'
export { payForCheck } from './signature/check-tapscript.ts'
export { isStrictDer } from './signature/der.ts'
export { verifySchnorr } from './signature/verify.ts'
export { inputSigops, legacySigops, sigopCost } from './sigops.ts'
export { taggedHash } from './tagged-hash.ts'
export type { OutputKey } from './taproot.ts'
export { tapLeafHash, tapRoot, taprootOutputKey } from './taproot.ts'
export type { WitnessProgram } from './templates.ts'
export { isPayToAnchor, isPayToScriptHash, isUnspendable, witnessProgram } from './templates.ts'
export type { InputVerification } from './verify-input.ts'
export { verifyInput } from './verify-input.ts'
export { judgeLeaf } from './witness.ts'
