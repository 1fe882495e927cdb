import { OP_1, OP_1NEGATE, OP_16 } from '../instruction.ts'
import type { Opcode } from '../machine.ts'
import { encodeNumber } from '../number.ts'

/** OP_1NEGATE and OP_1 to OP_16 push a number; pushes of data are the machine's own. */
export const pushOpcodes: readonly Opcode[] = [
  pushNumber(OP_1NEGATE, 'OP_1NEGATE', -1),
  ...Array.from({ length: OP_16 - OP_1 + 1 }, (_, at) => pushNumber(OP_1 + at, `OP_${at + 1}`, at + 1)),
]

function pushNumber(code: number, name: string, value: number): Opcode {
  return { code, name, execute: ({ stack }) => stack.push(encodeNumber(value)) }
}
