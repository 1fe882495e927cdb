import { concatBytes } from '@noble/hashes/utils.js'

export const OP_0 = 0x00
const OP_PUSHDATA1 = 0x4c
const OP_PUSHDATA2 = 0x4d
export const OP_PUSHDATA4 = 0x4e
export const OP_1NEGATE = 0x4f
export const OP_1 = 0x51
export const OP_16 = 0x60
export const OP_RETURN = 0x6a

/** An opcode's byte, the data it pushes (empty when none), and where the next instruction begins. */
export interface Instruction {
  readonly code: number
  readonly data: Uint8Array
  readonly nextOffset: number
}

/** Reads the instruction at an offset; nothing at the script's end or when a push runs over it. [Core GetScriptOp] */
export function readInstruction(script: Uint8Array, offset: number): Instruction | undefined {
  const code = script[offset]
  if (code === undefined) return undefined
  const lengthBytes = LENGTH_BYTES.get(code) ?? 0
  const dataOffset = offset + 1 + lengthBytes
  if (dataOffset > script.length) return undefined
  const length = code < OP_PUSHDATA1 ? code : littleEndian(script.subarray(offset + 1, dataOffset))
  const nextOffset = dataOffset + length
  if (nextOffset > script.length) return undefined
  return { code, data: script.subarray(dataOffset, nextOffset), nextOffset }
}

/** Where reading stops when an instruction lacks bytes: behind the length of its push, or before it when that lacks bytes, too. [Core GetScriptOp] */
export function stopOfBrokenRead(script: Uint8Array, offset: number): number {
  const dataOffset = offset + 1 + (LENGTH_BYTES.get(script[offset]!) ?? 0)
  return dataOffset <= script.length ? dataOffset : offset + 1
}

/** All instructions in order; undefined stands at the end for one that cannot be read. */
export function* instructions(script: Uint8Array): Generator<Instruction | undefined> {
  for (let offset = 0; offset < script.length; ) {
    const instruction = readInstruction(script, offset)
    yield instruction
    if (instruction === undefined) return
    offset = instruction.nextOffset
  }
}

/** The instruction that pushes data by its length alone: small numbers get no opcode of their own. [Core CScript::operator<<] */
export function encodePush(data: Uint8Array): Uint8Array {
  return concatBytes(pushPrefix(data.length), data)
}

/** Whether a push uses the shortest instruction that pushes this data. [BIP62 rule 3] */
export function isMinimalPush({ code, data }: Pick<Instruction, 'code' | 'data'>): boolean {
  if (data.length === 1 && hasOwnOpcode(data[0]!)) return false
  return code === pushPrefix(data.length)[0]
}

/** Whether nothing but pushes is in a script; OP_RESERVED counts as one. [Core CScript::IsPushOnly] */
export function isPushOnly(script: Uint8Array): boolean {
  for (const instruction of instructions(script)) {
    if (instruction === undefined || instruction.code > OP_16) return false
  }
  return true
}

const LENGTH_BYTES: ReadonlyMap<number, number> = new Map([
  [OP_PUSHDATA1, 1],
  [OP_PUSHDATA2, 2],
  [OP_PUSHDATA4, 4],
])

function hasOwnOpcode(byte: number): boolean {
  return (byte >= 1 && byte <= 16) || byte === 0x81
}

function pushPrefix(length: number): Uint8Array {
  if (length < OP_PUSHDATA1) return Uint8Array.of(length)
  if (length <= 0xff) return Uint8Array.of(OP_PUSHDATA1, length)
  if (length <= 0xffff) return Uint8Array.of(OP_PUSHDATA2, length & 0xff, length >> 8)
  return Uint8Array.of(OP_PUSHDATA4, ...[0, 8, 16, 24].map((shift) => (length >>> shift) & 0xff))
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 0x100 + byte, 0)
}
