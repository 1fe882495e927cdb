import type { ScriptError } from '../errors.ts'
import { fail } from '../errors.ts'
import type { Opcode } from '../machine.ts'
import { isTrue } from '../number.ts'

/** An opcode that fails when it is executed. */
export function failing(code: number, name: string, error: ScriptError): Opcode {
  return { code, name, execute: () => fail(error) }
}

/** An opcode that fails even in a branch that is not taken. */
export function forbidden(code: number, name: string, error: ScriptError): Opcode {
  return { ...failing(code, name, error), isUnconditional: true }
}

/** What `test` does, then OP_VERIFY with an error of its own. */
export function verifying(code: number, name: string, test: Opcode, error: ScriptError): Opcode {
  return {
    code,
    name,
    execute(machine) {
      test.execute(machine)
      if (!isTrue(machine.stack.pop())) fail(error)
    },
  }
}
