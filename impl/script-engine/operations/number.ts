import { FLAG } from '../flags.ts'
import type { Machine, Operation, Operations } from '../machine.ts'
import { OP } from '../opcodes.ts'
import { ERROR, OK, type ScriptError } from '../script-error.ts'
import { decodeNumber, NOT_A_NUMBER } from '../script-number.ts'

export const NUMBER_OPERATIONS: Operations = {
  [OP.ONE_ADD]: unary((a) => a + 1),
  [OP.ONE_SUB]: unary((a) => a - 1),
  [OP.NEGATE]: unary((a) => -a),
  [OP.ABS]: unary((a) => Math.abs(a)),
  [OP.NOT]: unary((a) => Number(a === 0)),
  [OP.ZERO_NOTEQUAL]: unary((a) => Number(a !== 0)),
  [OP.ADD]: binary((a, b) => a + b),
  [OP.SUB]: binary((a, b) => a - b),
  [OP.BOOLAND]: binary((a, b) => Number(a !== 0 && b !== 0)),
  [OP.BOOLOR]: binary((a, b) => Number(a !== 0 || b !== 0)),
  [OP.NUMEQUAL]: binary((a, b) => Number(a === b)),
  [OP.NUMEQUALVERIFY]: (machine) => {
    const error = requireNumbers(machine, 2)
    if (error !== OK) return error
    if (number(machine, 1) !== number(machine, 0)) return ERROR.NUMEQUALVERIFY
    machine.drop(2)
    return OK
  },
  [OP.NUMNOTEQUAL]: binary((a, b) => Number(a !== b)),
  [OP.LESSTHAN]: binary((a, b) => Number(a < b)),
  [OP.GREATERTHAN]: binary((a, b) => Number(a > b)),
  [OP.LESSTHANOREQUAL]: binary((a, b) => Number(a <= b)),
  [OP.GREATERTHANOREQUAL]: binary((a, b) => Number(a >= b)),
  [OP.MIN]: binary((a, b) => Math.min(a, b)),
  [OP.MAX]: binary((a, b) => Math.max(a, b)),
  [OP.WITHIN]: (machine) => {
    const error = requireNumbers(machine, 3)
    if (error !== OK) return error
    const isWithin = number(machine, 1) <= number(machine, 2) && number(machine, 2) < number(machine, 0)
    machine.drop(3)
    machine.pushTruth(isWithin)
    return OK
  },
}

function unary(compute: (a: number) => number): Operation {
  return (machine) => {
    const error = requireNumbers(machine, 1)
    if (error !== OK) return error
    const result = compute(number(machine, 0))
    machine.drop(1)
    machine.pushNumber(result)
    return OK
  }
}

function binary(compute: (a: number, b: number) => number): Operation {
  return (machine) => {
    const error = requireNumbers(machine, 2)
    if (error !== OK) return error
    const result = compute(number(machine, 1), number(machine, 0))
    machine.drop(2)
    machine.pushNumber(result)
    return OK
  }
}

/** The topmost `count` elements must be there and be numbers of at most four bytes. */
function requireNumbers(machine: Machine, count: number): ScriptError {
  if (machine.stack.length < count) return ERROR.INVALID_STACK_OPERATION
  const minimal = machine.has(FLAG.MINIMALDATA)
  for (let depth = 0; depth < count; depth++)
    if (decodeNumber(machine.peek(depth), minimal) === NOT_A_NUMBER) return ERROR.SCRIPTNUM
  return OK
}

/** The number `depth` below the top, whose form has been judged. */
function number(machine: Machine, depth: number): number {
  return decodeNumber(machine.peek(depth), false)
}
