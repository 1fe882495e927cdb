import { Conditions } from './conditions.ts'
import { constrain } from './constraints.ts'
import type { ScriptErrorName } from './errors.ts'
import { attempt, fail } from './errors.ts'
import type { Instruction } from './instruction.ts'
import { OP_16, OP_PUSHDATA4, readInstruction } from './instruction.ts'
import {
  ITEM_BYTES_MAX,
  OPERATIONS_MAX,
  SCRIPT_BYTES_MAX,
  SIGOP_BUDGET_FREE_UNITS,
  STACK_ITEMS_MAX,
} from './limits.ts'
import type { Machine, ScriptContext } from './machine.ts'
import { opcodeFor } from './opcodes/index.ts'
import { Stack } from './stack.ts'

/** How an evaluation ended, and the stack it left, bottom first. */
export interface Evaluation {
  readonly error: ScriptErrorName
  readonly stack: readonly Uint8Array[]
}

/** Evaluates one script on a stack of items, bottom first. Whether the top is true is for the caller to judge. [Core EvalScript] */
export function evaluate(
  script: Uint8Array,
  stack: readonly Uint8Array[],
  context: ScriptContext,
): Evaluation {
  const machine = createMachine(script, stack, context)
  return { error: attempt(() => runToEnd(machine)), stack: machine.stack.items }
}

/** As `evaluate`, inside an evaluation that ends with the first failure. */
export function run(
  script: Uint8Array,
  stack: readonly Uint8Array[],
  context: ScriptContext,
): readonly Uint8Array[] {
  const machine = createMachine(script, stack, context)
  runToEnd(machine)
  return machine.stack.items
}

function createMachine(script: Uint8Array, stack: readonly Uint8Array[], context: ScriptContext): Machine {
  return {
    context,
    script,
    stack: new Stack(stack),
    altStack: new Stack(),
    conditions: new Conditions(),
    nextOffset: 0,
    position: 0,
    opCount: 0,
    scriptCodeOffset: 0,
    codeSeparatorPosition: 0xffffffff,
    sigopBudget: (context.taproot?.leaf?.witnessSize ?? 0) + SIGOP_BUDGET_FREE_UNITS,
  }
}

function runToEnd(machine: Machine): void {
  const { script, stack, altStack, conditions, context } = machine
  const isCounted = context.sigVersion !== 'tapscript'
  if (isCounted && script.length > SCRIPT_BYTES_MAX) fail('SCRIPT_SIZE')
  for (; machine.nextOffset < script.length; machine.position++) {
    const instruction = readInstruction(script, machine.nextOffset) ?? fail('BAD_OPCODE')
    if (instruction.data.length > ITEM_BYTES_MAX) fail('PUSH_SIZE')
    if (isCounted && instruction.code > OP_16 && ++machine.opCount > OPERATIONS_MAX) fail('OP_COUNT')
    machine.nextOffset = instruction.nextOffset
    step(machine, instruction)
    if (stack.size + altStack.size > STACK_ITEMS_MAX) fail('STACK_SIZE')
  }
  if (conditions.depth > 0) fail('UNBALANCED_CONDITIONAL')
}

/** A constraint sees every instruction; an opcode runs when its branch is taken, or always when it makes branches or is forbidden. */
function step(machine: Machine, instruction: Instruction): void {
  const { context, stack, script } = machine
  const { code, data } = instruction
  const isExecuted = machine.conditions.areTaken
  const opcode = code > OP_PUSHDATA4 ? opcodeFor(code, context) : undefined
  constrain('instruction', { ...instruction, script, isExecuted }, context)
  if (opcode === undefined) {
    if (isExecuted) stack.push(data)
  } else if (isExecuted || opcode.isUnconditional) opcode.execute(machine)
}
