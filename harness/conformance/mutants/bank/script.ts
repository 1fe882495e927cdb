import type { Mutant } from '../mutant.ts'

const INTERPRETER = 'impl/script-engine/interpreter.ts'
const STACK = 'impl/script-engine/operations/stack.ts'

/** The script machine, signatures left out. */
export const scriptMutants: readonly Mutant[] = [
  {
    id: 'S01',
    bug: 'A condition may be left open at the end of a script.',
    source: 'CVE-2010-5141, Bitcoin before 0.3.8',
    file: INTERPRETER,
    find: 'return machine.isInCondition ? ERROR.UNBALANCED_CONDITIONAL : OK',
    replace: 'return OK',
  },
  {
    id: 'S02',
    bug: 'A disabled operation fails only where it is executed.',
    source: 'CVE-2010-5137',
    file: INTERPRETER,
    find: 'if (isDisabled(opcode))',
    replace: 'if (machine.isExecuting && isDisabled(opcode))',
  },
  {
    id: 'S03',
    bug: 'OP_VERIF and OP_VERNOTIF are tolerated in a branch that is not executed.',
    source: 'Core EvalScript, script_tests',
    file: INTERPRETER,
    find: '(opcode >= OP.IF && opcode <= OP.ENDIF)',
    replace: '(opcode >= OP.IF && opcode <= OP.ENDIF && opcode !== 0x65 && opcode !== 0x66)',
  },
  {
    id: 'S17',
    bug: 'False is pushed as a zero byte, not as nothing.',
    source: 'libbitcoin in 2024 (78feda179), bitcoinj in 2014',
    file: 'impl/script-engine/machine.ts',
    find: 'value ? TRUE_BYTES : EMPTY_BYTES',
    replace: 'value ? TRUE_BYTES : Uint8Array.of(0)',
  },
  {
    id: 'S18',
    bug: 'OP_SIZE takes its operand away.',
    source: 'libbitcoin in 2023 (c7bf936d2)',
    file: STACK,
    find: 'machine.pushNumber(machine.peek(0).length)',
    replace: 'machine.pushNumber(machine.stack.pop()!.length)',
  },
  {
    id: 'S19',
    bug: 'OP_0NOTEQUAL accepts an operand of more than four bytes.',
    source: 'gocoin in 2026 (42763e1e)',
    file: 'impl/script-engine/operations/number.ts',
    find: '[OP.ZERO_NOTEQUAL]: unary((a) => Number(a !== 0)),',
    replace: `[OP.ZERO_NOTEQUAL]: (machine) => {
    const element = machine.stack.pop()
    if (element === undefined) return ERROR.INVALID_STACK_OPERATION
    machine.pushTruth(element.some((byte, at) => (at === element.length - 1 ? byte & 0x7f : byte) !== 0))
    return OK
  },`,
  },
  {
    id: 'S20',
    bug: 'The length behind OP_PUSHDATA4 is cut to 16 bits.',
    source: 'gocoin in 2026 (3234dfcf)',
    file: 'impl/script-engine/script-walk.ts',
    find: 'this.offset += lengthBytes',
    replace: 'this.offset += lengthBytes\n      length &= 0xffff',
  },
  {
    id: 'S21',
    bug: 'OP_ROLL takes the elements above its own away.',
    source: 'NBitcoin in 2025 (#1288)',
    file: STACK,
    find: 'stack.splice(at, 1)[0]!',
    replace: 'stack.splice(at)[0]!',
  },
  {
    id: 'S23',
    bug: 'The alternative stack does not count towards the limit of 1000 elements.',
    source: 'bcoin in 2017 (5fae0c50)',
    file: INTERPRETER,
    find: 'if (stack.length + altStack.length > STACK_ELEMENTS_MAX)',
    replace: 'if (stack.length > STACK_ELEMENTS_MAX)',
  },
  {
    id: 'S24',
    bug: 'Negative zero counts as true.',
    source: 'Core CastToBool',
    file: 'impl/script-engine/script-number.ts',
    find: 'return i !== last || bytes[i] !== 0x80',
    replace: 'return true',
  },
  {
    id: 'S26',
    bug: 'A spend of a script hash may do more than push.',
    source: 'BIP16',
    file: 'impl/script-engine/verify-input.ts',
    find: 'if (!isPushOnly(this.#scriptSig)) return ERROR.SIG_PUSHONLY',
    replace: '',
  },
]
