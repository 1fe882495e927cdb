import { equalBytes } from '../../wire/index.ts'
import { FLAG } from '../flags.ts'
import type { Machine, Operation, Operations } from '../machine.ts'
import { OP } from '../opcodes.ts'
import { ERROR, OK, type ScriptError } from '../script-error.ts'
import { decodeNumber, isTrue, NOT_A_NUMBER } from '../script-number.ts'

export const STACK_OPERATIONS: Operations = {
  [OP.TOALTSTACK]: needing(1, (machine) => {
    machine.altStack.push(machine.stack.pop()!)
  }),
  [OP.FROMALTSTACK]: (machine) => {
    const element = machine.altStack.pop()
    if (element === undefined) return ERROR.INVALID_ALTSTACK_OPERATION
    machine.push(element)
    return OK
  },
  [OP.TWO_DROP]: needing(2, (machine) => machine.drop(2)),
  [OP.TWO_DUP]: needing(2, ({ stack }) => stack.push(stack.at(-2)!, stack.at(-1)!)),
  [OP.THREE_DUP]: needing(3, ({ stack }) => stack.push(stack.at(-3)!, stack.at(-2)!, stack.at(-1)!)),
  [OP.TWO_OVER]: needing(4, ({ stack }) => stack.push(stack.at(-4)!, stack.at(-3)!)),
  [OP.TWO_ROT]: needing(6, ({ stack }) => stack.push(...stack.splice(-6, 2))),
  [OP.TWO_SWAP]: needing(4, ({ stack }) => stack.push(...stack.splice(-4, 2))),
  [OP.IFDUP]: needing(1, (machine) => {
    if (isTrue(machine.peek(0))) machine.push(machine.peek(0))
  }),
  [OP.DEPTH]: (machine) => {
    machine.pushNumber(machine.stack.length)
    return OK
  },
  [OP.DROP]: needing(1, (machine) => machine.drop(1)),
  [OP.DUP]: needing(1, (machine) => machine.push(machine.peek(0))),
  [OP.NIP]: needing(2, ({ stack }) => stack.splice(-2, 1)),
  [OP.OVER]: needing(2, (machine) => machine.push(machine.peek(1))),
  [OP.PICK]: pickOrRoll,
  [OP.ROLL]: pickOrRoll,
  [OP.ROT]: needing(3, ({ stack }) => stack.push(...stack.splice(-3, 1))),
  [OP.SWAP]: needing(2, ({ stack }) => stack.push(...stack.splice(-2, 1))),
  [OP.TUCK]: needing(2, ({ stack }) => stack.splice(-2, 0, stack.at(-1)!)),
  [OP.SIZE]: needing(1, (machine) => machine.pushNumber(machine.peek(0).length)),
  [OP.EQUAL]: needing(2, (machine) => machine.pushTruth(popEquality(machine))),
  [OP.EQUALVERIFY]: (machine) => {
    if (machine.stack.length < 2) return ERROR.INVALID_STACK_OPERATION
    return popEquality(machine) ? OK : ERROR.EQUALVERIFY
  },
}

/** An operation that fails unless the stack holds `count` elements. */
function needing(count: number, effect: (machine: Machine) => unknown): Operation {
  return (machine) => {
    if (machine.stack.length < count) return ERROR.INVALID_STACK_OPERATION
    effect(machine)
    return OK
  }
}

function popEquality(machine: Machine): boolean {
  const isEqual = equalBytes(machine.peek(0), machine.peek(1))
  machine.drop(2)
  return isEqual
}

function pickOrRoll(machine: Machine, opcode: number): ScriptError {
  const { stack } = machine
  if (stack.length < 2) return ERROR.INVALID_STACK_OPERATION
  const depth = decodeNumber(machine.peek(0), machine.has(FLAG.MINIMALDATA))
  if (depth === NOT_A_NUMBER) return ERROR.SCRIPTNUM
  machine.drop(1)
  if (depth < 0 || depth >= stack.length) return ERROR.INVALID_STACK_OPERATION
  const at = stack.length - 1 - depth
  machine.push(opcode === OP.PICK ? stack[at]! : stack.splice(at, 1)[0]!)
  return OK
}
