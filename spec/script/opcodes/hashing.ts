import { ripemd160, sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { sha256d } from '../../encoding/index.ts'
import type { Opcode } from '../machine.ts'

/** Opcodes that replace the top item by its hash. */
export const hashingOpcodes: readonly Opcode[] = [
  hashing(0xa6, 'OP_RIPEMD160', ripemd160),
  hashing(0xa7, 'OP_SHA1', sha1),
  hashing(0xa8, 'OP_SHA256', sha256),
  hashing(0xa9, 'OP_HASH160', (item) => ripemd160(sha256(item))),
  hashing(0xaa, 'OP_HASH256', sha256d),
]

function hashing(code: number, name: string, hash: (item: Uint8Array) => Uint8Array): Opcode {
  return { code, name, execute: ({ stack }) => stack.push(hash(stack.pop())) }
}
