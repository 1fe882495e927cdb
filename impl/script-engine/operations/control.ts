import { FLAG } from '../flags.ts'
import { isRelativeLockDisabled } from '../input-checker.ts'
import { type Machine, type Operations, SIG_VERSION } from '../machine.ts'
import { OP } from '../opcodes.ts'
import { ERROR, OK, type ScriptError } from '../script-error.ts'
import { decodeNumber, isTrue, NOT_A_NUMBER } from '../script-number.ts'

/** Lock times need five bytes: four carry a sign and end in 2038. [BIP65] */
const LOCK_TIME_BYTES_MAX = 5

export const CONTROL_OPERATIONS: Operations = {
  [OP.NOP]: () => OK,
  [OP.NOP1]: discouragedNop,
  ...Object.fromEntries(range(OP.NOP4, OP.NOP10).map((opcode) => [opcode, discouragedNop])),
  [OP.IF]: enterBranch,
  [OP.NOTIF]: enterBranch,
  [OP.ELSE]: (machine) => {
    if (!machine.isInCondition) return ERROR.UNBALANCED_CONDITIONAL
    machine.invertCondition()
    return OK
  },
  [OP.ENDIF]: (machine) => {
    if (!machine.isInCondition) return ERROR.UNBALANCED_CONDITIONAL
    machine.leaveCondition()
    return OK
  },
  [OP.VERIFY]: (machine) => {
    if (machine.stack.length < 1) return ERROR.INVALID_STACK_OPERATION
    if (!isTrue(machine.peek(0))) return ERROR.VERIFY
    machine.drop(1)
    return OK
  },
  [OP.RETURN]: () => ERROR.OP_RETURN,
  [OP.CHECKLOCKTIMEVERIFY]: checkLockTime,
  [OP.CHECKSEQUENCEVERIFY]: checkSequence,
}

function discouragedNop(machine: Machine): ScriptError {
  return machine.has(FLAG.DISCOURAGE_UPGRADABLE_NOPS) ? ERROR.DISCOURAGE_UPGRADABLE_NOPS : OK
}

function enterBranch(machine: Machine, opcode: number): ScriptError {
  if (!machine.isExecuting) {
    machine.enterCondition(false)
    return OK
  }
  if (machine.stack.length < 1) return ERROR.INVALID_STACK_OPERATION
  const condition = machine.peek(0)
  if (!isMinimalTruth(condition)) {
    if (machine.version === SIG_VERSION.TAPSCRIPT) return ERROR.TAPSCRIPT_MINIMALIF
    if (machine.version === SIG_VERSION.WITNESS_V0 && machine.has(FLAG.MINIMALIF)) return ERROR.MINIMALIF
  }
  machine.drop(1)
  machine.enterCondition(isTrue(condition) === (opcode === OP.IF))
  return OK
}

function isMinimalTruth(bytes: Uint8Array): boolean {
  return bytes.length === 0 || (bytes.length === 1 && bytes[0] === 1)
}

/** [BIP65] */
function checkLockTime(machine: Machine): ScriptError {
  if (!machine.has(FLAG.CHECKLOCKTIMEVERIFY)) return OK
  if (machine.stack.length < 1) return ERROR.INVALID_STACK_OPERATION
  const required = decodeNumber(machine.peek(0), machine.has(FLAG.MINIMALDATA), LOCK_TIME_BYTES_MAX)
  if (required === NOT_A_NUMBER) return ERROR.SCRIPTNUM
  if (required < 0) return ERROR.NEGATIVE_LOCKTIME
  return machine.checker.isLockTimeMet(required) ? OK : ERROR.UNSATISFIED_LOCKTIME
}

/** [BIP112] */
function checkSequence(machine: Machine): ScriptError {
  if (!machine.has(FLAG.CHECKSEQUENCEVERIFY)) return OK
  if (machine.stack.length < 1) return ERROR.INVALID_STACK_OPERATION
  const required = decodeNumber(machine.peek(0), machine.has(FLAG.MINIMALDATA), LOCK_TIME_BYTES_MAX)
  if (required === NOT_A_NUMBER) return ERROR.SCRIPTNUM
  if (required < 0) return ERROR.NEGATIVE_LOCKTIME
  if (isRelativeLockDisabled(required) || machine.checker.isRelativeLockMet(required)) return OK
  return ERROR.UNSATISFIED_LOCKTIME
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}
