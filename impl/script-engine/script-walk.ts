import { ByteWriter, EMPTY_BYTES } from '../wire/index.ts'
import { OP } from './opcodes.ts'

/**
 * Steps through a script without copying it. After `next()` has returned true, `opcode`, `dataStart` and `dataEnd`
 * say what was read; after false, `offset` stands where Core's reader stops: at the end of the script, or behind
 * the length of a push that reaches beyond it.
 */
export class ScriptWalk {
  readonly script: Uint8Array
  offset: number
  opcode = 0
  dataStart = 0
  dataEnd = 0

  constructor(script: Uint8Array, offset = 0) {
    this.script = script
    this.offset = offset
  }

  /** Reads one operation; false at the end and when a push lacks bytes (then `truncated`). */
  next(): boolean {
    const script = this.script
    const end = script.length
    if (this.offset >= end) return false
    const opcode = script[this.offset++]!
    this.opcode = opcode
    let length = 0
    if (opcode < OP.PUSHDATA1) {
      length = opcode
    } else if (opcode <= OP.PUSHDATA4) {
      const lengthBytes = 1 << (opcode - OP.PUSHDATA1)
      if (end - this.offset < lengthBytes) return this.#truncate()
      for (let i = lengthBytes - 1; i >= 0; i--) length = length * 256 + script[this.offset + i]!
      this.offset += lengthBytes
    }
    if (length > end - this.offset) return this.#truncate()
    this.dataStart = this.offset
    this.offset += length
    this.dataEnd = this.offset
    return true
  }

  /** True once a push lacked bytes. */
  truncated = false

  #truncate(): false {
    this.truncated = true
    return false
  }

  /** What the last operation pushes literally: empty for anything but a push of bytes. */
  data(): Uint8Array {
    return this.dataStart === this.dataEnd ? EMPTY_BYTES : this.script.subarray(this.dataStart, this.dataEnd)
  }
}

/** True when nothing but pushes, OP_1NEGATE, OP_RESERVED and OP_1 … OP_16 occur. [Core IsPushOnly] */
export function isPushOnly(script: Uint8Array): boolean {
  const walk = new ScriptWalk(script)
  while (walk.next()) if (walk.opcode > OP.SIXTEEN) return false
  return !walk.truncated
}

/** True when `opcode` is the shortest way to push these bytes. [BIP62 rule 3; Core CheckMinimalPush] */
export function isMinimalPush(opcode: number, data: Uint8Array): boolean {
  const length = data.length
  if (length === 0) return opcode === 0
  if (length === 1 && ((data[0]! >= 1 && data[0]! <= 16) || data[0] === 0x81)) return false
  if (length < OP.PUSHDATA1) return opcode === length
  if (length < 0x100) return opcode === OP.PUSHDATA1
  return length >= 0x10000 || opcode === OP.PUSHDATA2
}

/** The push of these bytes, chosen by their length alone: one byte is never turned into OP_1 … OP_16. [Core CScript <<] */
export function encodePush(data: Uint8Array): Uint8Array {
  const writer = new ByteWriter(data.length + 5)
  const length = data.length
  if (length < OP.PUSHDATA1) writer.u8(length)
  else if (length < 0x100) writer.u8(OP.PUSHDATA1).u8(length)
  else if (length < 0x10000) writer.u8(OP.PUSHDATA2).u16(length)
  else writer.u8(OP.PUSHDATA4).u32(length)
  return writer.put(data).finish()
}

/** HASH160 <20 bytes> EQUAL, byte for byte. [BIP16] */
export function isPayToScriptHash(script: Uint8Array): boolean {
  return script.length === 23 && script[0] === OP.HASH160 && script[1] === 20 && script[22] === OP.EQUAL
}

/** The witness version (0 … 16) of OP_0 or OP_1 … OP_16 with one push of 2 … 40 bytes; -1 for other scripts. [BIP141] */
export function witnessVersion(script: Uint8Array): number {
  const length = script.length
  if (length < 4 || length > 42 || script[1] !== length - 2) return -1
  const opcode = script[0]!
  if (opcode === 0) return 0
  return opcode >= OP.ONE && opcode <= OP.SIXTEEN ? opcode - OP.ONE + 1 : -1
}
