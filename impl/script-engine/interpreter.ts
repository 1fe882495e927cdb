import { FLAG } from './flags.ts'
import { COUNTED_OPCODES_MAX, ELEMENT_BYTES_MAX, SCRIPT_BYTES_MAX, STACK_ELEMENTS_MAX } from './limits.ts'
import { type Machine, SIG_VERSION } from './machine.ts'
import { isDisabled, OP } from './opcodes.ts'
import { OPERATIONS } from './operations/index.ts'
import { ERROR, OK, type ScriptError } from './script-error.ts'
import { isMinimalPush } from './script-walk.ts'

/** Runs the machine's script to its end; the stack then holds the result. [Core EvalScript] */
export function runScript(machine: Machine): ScriptError {
  const { walk, version, stack, altStack } = machine
  const isTapscript = version === SIG_VERSION.TAPSCRIPT
  if (!isTapscript && machine.script.length > SCRIPT_BYTES_MAX) return ERROR.SCRIPT_SIZE
  const isMinimal = machine.has(FLAG.MINIMALDATA)
  const refusesSeparator = version === SIG_VERSION.BASE && machine.has(FLAG.CONST_SCRIPTCODE)

  for (; walk.next(); machine.position++) {
    const { opcode } = walk
    if (opcode > OP.SIXTEEN) {
      if (!isTapscript && ++machine.countedOpcodes > COUNTED_OPCODES_MAX) return ERROR.OP_COUNT
      if (isDisabled(opcode)) return ERROR.DISABLED_OPCODE
      if (opcode === OP.CODESEPARATOR && refusesSeparator) return ERROR.OP_CODESEPARATOR
      if (machine.isExecuting || (opcode >= OP.IF && opcode <= OP.ENDIF)) {
        const error = OPERATIONS[opcode]!(machine, opcode)
        if (error !== OK) return error
      }
    } else {
      if (walk.dataEnd - walk.dataStart > ELEMENT_BYTES_MAX) return ERROR.PUSH_SIZE
      if (!machine.isExecuting) continue
      if (opcode <= OP.PUSHDATA4) {
        const data = walk.data()
        if (isMinimal && !isMinimalPush(opcode, data)) return ERROR.MINIMALDATA
        stack.push(data)
      } else if (opcode === OP.RESERVED) {
        return ERROR.BAD_OPCODE
      } else {
        machine.pushNumber(opcode - OP.ONE + 1)
      }
    }
    if (stack.length + altStack.length > STACK_ELEMENTS_MAX) return ERROR.STACK_SIZE
  }
  if (walk.truncated) return ERROR.BAD_OPCODE
  return machine.isInCondition ? ERROR.UNBALANCED_CONDITIONAL : OK
}
