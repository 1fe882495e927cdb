import { concatBytes } from '@noble/hashes/utils.js'
import { fromHex } from '../encoding/index.ts'
import { encodePush } from './instruction.ts'
import { encodeNumber } from './number.ts'
import { OPCODES } from './opcodes/index.ts'

/** A script in words: numbers are pushed shortest, `<hex>` is pushed, `0x…` stands as it is, names are opcodes without `OP_`. */
export function assemble(text: string): Uint8Array {
  return concatBytes(...text.split(/\s+/).filter(Boolean).map(assembleWord))
}

function assembleWord(word: string): Uint8Array {
  if (word.startsWith('0x')) return fromHex(word.slice(2))
  if (word.startsWith('<')) return encodePush(fromHex(word.slice(1, -1)))
  const code = CODES.get(`OP_${word}`)
  if (code !== undefined) return Uint8Array.of(code)
  if (word === '0') return Uint8Array.of(0)
  return encodePush(encodeNumber(Number(word)))
}

const CODES: ReadonlyMap<string, number> = new Map(
  [...OPCODES.values()].map(({ name, code }) => [name, code]),
)
