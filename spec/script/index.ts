/**
 * The script machine: whether an input's scripts allow it to spend.
 * It knows features, never heights.
 */
export type { ScriptError, ScriptErrorName } from './errors.ts'
export type { Feature } from './features.ts'
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
