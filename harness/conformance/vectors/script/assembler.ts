import { concatBytes, littleEndian } from '../../../wire/index.ts'
import { requireBytes } from '../content.ts'
import { OPCODE_BYTES } from './opcode-names.ts'

/**
 * A script written in the notation of Core's vectors: decimal numbers and 'text' are pushed, 0x… is inserted as it
 * stands, anything else names an opcode, with or without `OP_`. Throws Error on a word that is none of these.
 */
export function assemble(text: string): Uint8Array {
  return concatBytes(...text.split(/\s+/).filter(Boolean).map(assembleWord))
}

/** The push of data by its length. */
export function push(data: Uint8Array): Uint8Array {
  const { length } = data
  if (length < 0x4c) return concatBytes(Uint8Array.of(length), data)
  if (length <= 0xff) return concatBytes(Uint8Array.of(0x4c, length), data)
  if (length <= 0xffff) return concatBytes(Uint8Array.of(0x4d), littleEndian(length, 2), data)
  return concatBytes(Uint8Array.of(0x4e), littleEndian(length, 4), data)
}

function assembleWord(word: string): Uint8Array {
  if (/^-?[0-9]+$/.test(word)) return pushNumber(BigInt(word))
  if (/^0x([0-9a-fA-F]{2})+$/.test(word)) return requireBytes(word.slice(2))
  if (/^'.*'$/.test(word)) return push(new TextEncoder().encode(word.slice(1, -1)))
  const code = OPCODE_BYTES.get(word.replace(/^OP_/, ''))
  if (code === undefined) throw new Error(`no word of a script: ${word}`)
  return Uint8Array.of(code)
}

function pushNumber(value: bigint): Uint8Array {
  if (value === 0n) return Uint8Array.of(0)
  if (value === -1n || (value >= 1n && value <= 16n)) return Uint8Array.of(0x50 + Number(value))
  return push(signedMagnitude(value))
}

/** Least byte first, the sign in the top bit. */
function signedMagnitude(value: bigint): Uint8Array {
  const isNegative = value < 0n
  const magnitude = isNegative ? -value : value
  const bits = magnitude.toString(2).length
  const bytes = littleEndian(magnitude, Math.floor(bits / 8) + 1)
  if (isNegative) bytes[bytes.length - 1]! |= 0x80
  return bytes
}
