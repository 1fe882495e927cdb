import { constrain } from '../constraints.ts'
import { fail } from '../errors.ts'
import type { Machine, Opcode } from '../machine.ts'
import { isTrue } from '../number.ts'
import { failing } from './kinds.ts'

/** Branches, and the two ways to end: OP_VERIFY when the top is false, OP_RETURN always. */
export const controlOpcodes: readonly Opcode[] = [
  { code: 0x61, name: 'OP_NOP', execute: () => {} },
  branch(0x63, 'OP_IF', isTrue),
  branch(0x64, 'OP_NOTIF', (condition) => !isTrue(condition)),
  { code: 0x67, name: 'OP_ELSE', isUnconditional: true, execute: takeOtherBranch },
  { code: 0x68, name: 'OP_ENDIF', isUnconditional: true, execute: closeBranch },
  {
    code: 0x69,
    name: 'OP_VERIFY',
    execute({ stack }) {
      if (!isTrue(stack.pop())) fail('VERIFY')
    },
  },
  failing(0x6a, 'OP_RETURN', 'OP_RETURN'),
]

/** Opens a branch. Inside one that is not taken nothing is consumed and the new one is not taken either. */
function branch(code: number, name: string, isTaken: (condition: Uint8Array) => boolean): Opcode {
  return {
    code,
    name,
    isUnconditional: true,
    execute({ stack, conditions, context }) {
      if (!conditions.areTaken) return conditions.open(false)
      constrain('condition', stack.peek(), context)
      conditions.open(isTaken(stack.pop()))
    },
  }
}

/** Any number of OP_ELSE may follow one another. */
function takeOtherBranch({ conditions }: Machine): void {
  if (conditions.depth === 0) fail('UNBALANCED_CONDITIONAL')
  conditions.toggle()
}

function closeBranch({ conditions }: Machine): void {
  if (conditions.depth === 0) fail('UNBALANCED_CONDITIONAL')
  conditions.close()
}
