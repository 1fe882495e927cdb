import type { Operation, Operations } from '../machine.ts'
import { ERROR } from '../script-error.ts'
import { CONTROL_OPERATIONS } from './control.ts'
import { CRYPTO_OPERATIONS } from './crypto.ts'
import { NUMBER_OPERATIONS } from './number.ts'
import { STACK_OPERATIONS } from './stack.ts'

const FAMILIES: readonly Operations[] = [
  CONTROL_OPERATIONS,
  STACK_OPERATIONS,
  NUMBER_OPERATIONS,
  CRYPTO_OPERATIONS,
]

const unknown: Operation = () => ERROR.BAD_OPCODE

/** One operation for each opcode above OP_16. */
export const OPERATIONS: readonly Operation[] = Array.from(
  { length: 256 },
  (_, opcode) => FAMILIES.find((family) => family[opcode] !== undefined)?.[opcode] ?? unknown,
)
