import type { Opcode } from '../machine.ts'
import { encodeNumber } from '../number.ts'
import { verifying } from './kinds.ts'
import { readNumber } from './numbers.ts'

const equalNumbers = binary(0x9c, 'OP_NUMEQUAL', (a, b) => a === b)

/** Numbers of at most four bytes go in; results may be longer, but then no arithmetic takes them again. */
export const arithmeticOpcodes: readonly Opcode[] = [
  unary(0x8b, 'OP_1ADD', (a) => a + 1),
  unary(0x8c, 'OP_1SUB', (a) => a - 1),
  unary(0x8f, 'OP_NEGATE', (a) => -a),
  unary(0x90, 'OP_ABS', (a) => Math.abs(a)),
  unary(0x91, 'OP_NOT', (a) => a === 0),
  unary(0x92, 'OP_0NOTEQUAL', (a) => a !== 0),
  binary(0x93, 'OP_ADD', (a, b) => a + b),
  binary(0x94, 'OP_SUB', (a, b) => a - b),
  binary(0x9a, 'OP_BOOLAND', (a, b) => a !== 0 && b !== 0),
  binary(0x9b, 'OP_BOOLOR', (a, b) => a !== 0 || b !== 0),
  equalNumbers,
  verifying(0x9d, 'OP_NUMEQUALVERIFY', equalNumbers, 'NUMEQUALVERIFY'),
  binary(0x9e, 'OP_NUMNOTEQUAL', (a, b) => a !== b),
  binary(0x9f, 'OP_LESSTHAN', (a, b) => a < b),
  binary(0xa0, 'OP_GREATERTHAN', (a, b) => a > b),
  binary(0xa1, 'OP_LESSTHANOREQUAL', (a, b) => a <= b),
  binary(0xa2, 'OP_GREATERTHANOREQUAL', (a, b) => a >= b),
  binary(0xa3, 'OP_MIN', (a, b) => Math.min(a, b)),
  binary(0xa4, 'OP_MAX', (a, b) => Math.max(a, b)),
  numeric(0xa5, 'OP_WITHIN', 3, (value, least, above) => least! <= value! && value! < above!),
]

function unary(code: number, name: string, compute: (a: number) => number | boolean): Opcode {
  return numeric(code, name, 1, (a) => compute(a!))
}

function binary(code: number, name: string, compute: (a: number, b: number) => number | boolean): Opcode {
  return numeric(code, name, 2, (a, b) => compute(a!, b!))
}

/** Takes `count` numbers, the deepest first, and leaves one. */
function numeric(
  code: number,
  name: string,
  count: number,
  compute: (...numbers: number[]) => number | boolean,
): Opcode {
  return {
    code,
    name,
    execute({ stack, context }) {
      const numbers = stack.take(count).map((item) => readNumber(item, context))
      stack.push(encodeNumber(Number(compute(...numbers))))
    },
  }
}
