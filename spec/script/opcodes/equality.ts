import { equalBytes } from '@noble/curves/utils.js'
import type { Opcode } from '../machine.ts'
import { encodeBoolean } from '../number.ts'
import { verifying } from './kinds.ts'

const equal: Opcode = {
  code: 0x87,
  name: 'OP_EQUAL',
  execute({ stack }) {
    const [a, b] = stack.take(2)
    stack.push(encodeBoolean(equalBytes(a!, b!)))
  },
}

/** Two items are equal when their bytes are, whatever numbers they stand for. */
export const equalityOpcodes: readonly Opcode[] = [
  equal,
  verifying(0x88, 'OP_EQUALVERIFY', equal, 'EQUALVERIFY'),
]
