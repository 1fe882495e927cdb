import { discourage } from '../constraints.ts'
import type { Opcode } from '../machine.ts'
import { failing, forbidden } from './kinds.ts'

/** Opcodes without a meaning: some do nothing, some fail when executed, some fail a script that merely holds them. */
export const reservedOpcodes: readonly Opcode[] = [
  failing(0x50, 'OP_RESERVED', 'BAD_OPCODE'),
  failing(0x62, 'OP_VER', 'BAD_OPCODE'),
  forbidden(0x65, 'OP_VERIF', 'BAD_OPCODE'),
  forbidden(0x66, 'OP_VERNOTIF', 'BAD_OPCODE'),
  failing(0x89, 'OP_RESERVED1', 'BAD_OPCODE'),
  failing(0x8a, 'OP_RESERVED2', 'BAD_OPCODE'),

  // Switched off in 2010. [CVE-2010-5137]
  forbidden(0x7e, 'OP_CAT', 'DISABLED_OPCODE'),
  forbidden(0x7f, 'OP_SUBSTR', 'DISABLED_OPCODE'),
  forbidden(0x80, 'OP_LEFT', 'DISABLED_OPCODE'),
  forbidden(0x81, 'OP_RIGHT', 'DISABLED_OPCODE'),
  forbidden(0x83, 'OP_INVERT', 'DISABLED_OPCODE'),
  forbidden(0x84, 'OP_AND', 'DISABLED_OPCODE'),
  forbidden(0x85, 'OP_OR', 'DISABLED_OPCODE'),
  forbidden(0x86, 'OP_XOR', 'DISABLED_OPCODE'),
  forbidden(0x8d, 'OP_2MUL', 'DISABLED_OPCODE'),
  forbidden(0x8e, 'OP_2DIV', 'DISABLED_OPCODE'),
  forbidden(0x95, 'OP_MUL', 'DISABLED_OPCODE'),
  forbidden(0x96, 'OP_DIV', 'DISABLED_OPCODE'),
  forbidden(0x97, 'OP_MOD', 'DISABLED_OPCODE'),
  forbidden(0x98, 'OP_LSHIFT', 'DISABLED_OPCODE'),
  forbidden(0x99, 'OP_RSHIFT', 'DISABLED_OPCODE'),

  // Kept for soft forks: OP_NOP2 and OP_NOP3 have become lock-time checks.
  ...[1, 4, 5, 6, 7, 8, 9, 10].map(upgradableNop),
]

function upgradableNop(number: number): Opcode {
  return {
    code: 0xaf + number,
    name: `OP_NOP${number}`,
    execute: ({ context }) => discourage('DISCOURAGE_UPGRADABLE_NOPS', context),
  }
}
