import { isHexBytes } from '../../ports/index.ts'
import { bytesToHex, concatBytes, hexToBytes, uint32 } from '../../wire/index.ts'
import { ScenarioError } from '../error.ts'
import { OPCODES } from './opcodes.ts'

/** One piece of a script: an opcode, or bytes put on the stack. */
export type ScriptPiece = { readonly opcode: number } | { readonly push: Uint8Array }

/** What stands between `<` and `>`; undefined when it means nothing there. */
export type Placeholder = (text: string) => Uint8Array | undefined

/** Reads assembly: opcode names with or without `OP_`, decimal numbers, `<0x…>` and named placeholders. */
export function assemble(assembly: string, placeholder: Placeholder, path: string): ScriptPiece[] {
  const tokens = assembly.split(/\s+/).filter((token) => token !== '')
  return tokens.map((token) => piece(token, placeholder, path))
}

export function scriptBytes(pieces: readonly ScriptPiece[]): Uint8Array {
  return concatBytes(
    ...pieces.map((part) => ('opcode' in part ? Uint8Array.of(part.opcode) : pushBytes(part.push))),
  )
}

/** The shortest push of these bytes. [BIP62 rule 3] */
export function pushBytes(data: Uint8Array): Uint8Array {
  const length = data.length
  if (length === 0) return Uint8Array.of(0x00)
  const only = data[0]!
  if (length === 1 && only >= 1 && only <= 16) return Uint8Array.of(0x50 + only)
  if (length === 1 && only === 0x81) return Uint8Array.of(0x4f)
  if (length < 0x4c) return concatBytes(Uint8Array.of(length), data)
  if (length <= 0xff) return concatBytes(Uint8Array.of(0x4c, length), data)
  if (length <= 0xffff) return concatBytes(Uint8Array.of(0x4d, length & 0xff, length >>> 8), data)
  return concatBytes(Uint8Array.of(0x4e), uint32(length), data)
}

/** A number as the script machine keeps it: little-endian, sign in the top bit, no padding. [Core CScriptNum::serialize] */
export function scriptNumber(value: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = value < 0n ? -value : value
  while (rest > 0n) {
    bytes.push(Number(rest & 0xffn))
    rest >>= 8n
  }
  const top = bytes.at(-1)
  if (top === undefined) return new Uint8Array()
  if (top & 0x80) bytes.push(value < 0n ? 0x80 : 0)
  else if (value < 0n) bytes[bytes.length - 1] = top | 0x80
  return Uint8Array.from(bytes)
}

/** What the pieces leave on the stack, for a witness; only pushes can stand there. */
export function stackItems(pieces: readonly ScriptPiece[], path: string): Uint8Array[] {
  return pieces.map((part) => {
    if ('push' in part) return part.push
    throw new ScenarioError(
      path,
      `a witness holds pushes only, found opcode ${bytesToHex(Uint8Array.of(part.opcode))}`,
    )
  })
}

function piece(token: string, placeholder: Placeholder, path: string): ScriptPiece {
  if (/^-?\d+$/.test(token)) return { push: scriptNumber(BigInt(token)) }
  const bracket = /^<(.+)>$/.exec(token)?.[1]
  if (bracket !== undefined) return { push: angleBrackets(bracket, placeholder, path) }
  const opcode = OPCODES.get(token.replace(/^OP_/, ''))
  if (opcode === undefined) throw new ScenarioError(path, `no opcode, number or <placeholder>: "${token}"`)
  return { opcode }
}

function angleBrackets(text: string, placeholder: Placeholder, path: string): Uint8Array {
  if (text.startsWith('0x') && isHexBytes(text.slice(2))) return hexToBytes(text.slice(2))
  const bytes = placeholder(text)
  if (bytes === undefined) throw new ScenarioError(path, `nothing is meant by <${text}>`)
  return bytes
}
