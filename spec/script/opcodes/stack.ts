import { fail } from '../errors.ts'
import type { Machine, Opcode } from '../machine.ts'
import { encodeNumber, isTrue } from '../number.ts'
import { popNumber } from './numbers.ts'

/** Opcodes that only move items about. */
export const stackOpcodes: readonly Opcode[] = [
  { code: 0x6b, name: 'OP_TOALTSTACK', execute: ({ stack, altStack }) => altStack.push(stack.pop()) },
  { code: 0x6c, name: 'OP_FROMALTSTACK', execute: takeFromAltStack },
  shuffle(0x6d, 'OP_2DROP', 'a b --'),
  shuffle(0x6e, 'OP_2DUP', 'a b -- a b a b'),
  shuffle(0x6f, 'OP_3DUP', 'a b c -- a b c a b c'),
  shuffle(0x70, 'OP_2OVER', 'a b c d -- a b c d a b'),
  shuffle(0x71, 'OP_2ROT', 'a b c d e f -- c d e f a b'),
  shuffle(0x72, 'OP_2SWAP', 'a b c d -- c d a b'),
  { code: 0x73, name: 'OP_IFDUP', execute: duplicateIfTrue },
  { code: 0x74, name: 'OP_DEPTH', execute: ({ stack }) => stack.push(encodeNumber(stack.size)) },
  shuffle(0x75, 'OP_DROP', 'a --'),
  shuffle(0x76, 'OP_DUP', 'a -- a a'),
  shuffle(0x77, 'OP_NIP', 'a b -- b'),
  shuffle(0x78, 'OP_OVER', 'a b -- a b a'),
  {
    code: 0x79,
    name: 'OP_PICK',
    execute: (machine) => machine.stack.push(machine.stack.peek(popDepth(machine))),
  },
  {
    code: 0x7a,
    name: 'OP_ROLL',
    execute: (machine) => machine.stack.push(machine.stack.remove(popDepth(machine))),
  },
  shuffle(0x7b, 'OP_ROT', 'a b c -- b c a'),
  shuffle(0x7c, 'OP_SWAP', 'a b -- b a'),
  shuffle(0x7d, 'OP_TUCK', 'a b -- b a b'),
  { code: 0x82, name: 'OP_SIZE', execute: ({ stack }) => stack.push(encodeNumber(stack.peek().length)) },
]

/** An opcode that its stack effect alone defines: the items it takes, the top last, and what it leaves. */
function shuffle(code: number, name: string, effect: string): Opcode {
  const [before, after] = effect.split('--').map((names) => names.split(' ').filter(Boolean))
  return {
    code,
    name,
    execute({ stack }) {
      const items = stack.take(before!.length)
      stack.push(...after!.map((item) => items[before!.indexOf(item)]!))
    },
  }
}

function takeFromAltStack({ stack, altStack }: Machine): void {
  if (altStack.size === 0) fail('INVALID_ALTSTACK_OPERATION')
  stack.push(altStack.pop())
}

function duplicateIfTrue({ stack }: Machine): void {
  const item = stack.peek()
  if (isTrue(item)) stack.push(item)
}

/** How far below the top the wanted item lies once this number is gone; at least one other item MUST be there first. */
function popDepth(machine: Machine): number {
  machine.stack.require(2)
  const depth = popNumber(machine)
  return depth < 0 ? fail('INVALID_STACK_OPERATION') : depth
}
