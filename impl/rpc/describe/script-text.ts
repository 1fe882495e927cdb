import { OP, ScriptWalk } from '../../script-engine/index.ts'
import { bytesToHex } from '../../wire/index.ts'

/** Names that people know by numbers and signs; all others follow from the engine's table. [Core GetOpName] */
const SPELLED: Readonly<Record<string, string>> = {
  ONE_NEGATE: '-1',
  TWO_DROP: 'OP_2DROP',
  TWO_DUP: 'OP_2DUP',
  THREE_DUP: 'OP_3DUP',
  TWO_OVER: 'OP_2OVER',
  TWO_ROT: 'OP_2ROT',
  TWO_SWAP: 'OP_2SWAP',
  ONE_ADD: 'OP_1ADD',
  ONE_SUB: 'OP_1SUB',
  TWO_MUL: 'OP_2MUL',
  TWO_DIV: 'OP_2DIV',
  ZERO_NOTEQUAL: 'OP_0NOTEQUAL',
}
const NAMES: ReadonlyMap<number, string> = new Map([
  ...Object.entries(OP).map(([name, code]) => [code, SPELLED[name] ?? `OP_${name}`] as const),
  ...[5, 6, 7, 8, 9].map((n) => [OP.NOP1 + n - 1, `OP_NOP${n}`] as const),
  ...Array.from({ length: 16 }, (_, n) => [OP.ONE + n, String(n + 1)] as const),
  [0x89, 'OP_RESERVED1'],
  [0x8a, 'OP_RESERVED2'],
  [0xff, 'OP_INVALIDOPCODE'],
])

/** Signature hash types as people write them, by their byte. */
const HASH_TYPES: Readonly<Record<number, string>> = {
  1: 'ALL',
  2: 'NONE',
  3: 'SINGLE',
  129: 'ALL|ANYONECANPAY',
  130: 'NONE|ANYONECANPAY',
  131: 'SINGLE|ANYONECANPAY',
}
const NUMBER_BYTES_MAX = 4

/**
 * A script as words: opcodes by name, short pushes as numbers, longer ones as hex. `isSignature`: signatures show their
 * hash type in square brackets; `isDer` says what is one. [Core ScriptToAsmStr]
 */
export function scriptText(script: Uint8Array, isDer?: (signature: Uint8Array) => boolean): string {
  const words: string[] = []
  const isData = script[0] === OP.RETURN
  const walk = new ScriptWalk(script)
  while (walk.next()) {
    if (walk.opcode > OP.PUSHDATA4) words.push(NAMES.get(walk.opcode) ?? 'OP_UNKNOWN')
    else words.push(pushText(walk.data(), isData ? undefined : isDer))
  }
  if (walk.truncated) words.push('[error]')
  return words.join(' ')
}

function pushText(data: Uint8Array, isDer: ((signature: Uint8Array) => boolean) | undefined): string {
  if (data.length <= NUMBER_BYTES_MAX) return String(numberOf(data))
  const type = HASH_TYPES[data[data.length - 1]!]
  if (type === undefined || isDer?.(data) !== true) return bytesToHex(data)
  return `${bytesToHex(data.subarray(0, -1))}[${type}]`
}

/** Little-endian, the top bit its sign. */
function numberOf(data: Uint8Array): number {
  let magnitude = 0
  for (let i = data.length - 1; i >= 0; i--)
    magnitude = magnitude * 256 + (i === data.length - 1 ? data[i]! & 0x7f : data[i]!)
  return ((data[data.length - 1] ?? 0) & 0x80) !== 0 && magnitude !== 0 ? -magnitude : magnitude
}
