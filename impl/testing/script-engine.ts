import { chooseCrypto } from '../platform/index.ts'
import {
  encodeNumber,
  encodePush,
  FLAG,
  type FlagName,
  OP,
  scriptErrorName,
  TxDigests,
  verifyInput,
} from '../script-engine/index.ts'
import {
  ByteReader,
  ByteWriter,
  EMPTY_BYTES,
  encodeTransaction,
  hexToBytes,
  parseTransaction,
  type Transaction,
  type TransactionParts,
  type TxOutput,
} from '../wire/index.ts'

/** What the tests of the engine share: a backend, a small assembler, and one input to try scripts on. */

export const { crypto } = chooseCrypto()

export function hex(text: string): Uint8Array {
  const bytes = hexToBytes(text)
  if (bytes === undefined) throw new Error(`not hex: ${text}`)
  return bytes
}

/** A script from opcodes by name, numbers, and `<hex>` for pushes: `script('1 2 ADD <00ff> DROP')`. */
export function script(text: string): Uint8Array {
  const out = new ByteWriter(text.length + 64)
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    if (word.startsWith('<')) out.put(encodePush(hex(word.slice(1, -1))))
    else if (word.startsWith('0x')) out.put(hex(word.slice(2)))
    else if (/^-?\d+$/.test(word)) putNumber(out, Number(word))
    else out.u8(OP[word as keyof typeof OP] ?? fail(word))
  }
  return out.finish()
}

function fail(word: string): never {
  throw new Error(`no opcode has the name ${word}`)
}

function putNumber(out: ByteWriter, value: number): void {
  if (value === 0) out.u8(0)
  else if (value === -1 || (value >= 1 && value <= 16)) out.u8(OP.RESERVED + value)
  else out.put(encodePush(encodeNumber(value)))
}

export interface Spend {
  readonly scriptSig?: Uint8Array
  readonly witness?: readonly Uint8Array[]
  readonly version?: number
  readonly lockTime?: number
  readonly sequence?: number
}

/** A transaction with one input and one output that spends a coin of 1,000 sats. */
export function spendOf(spend: Spend): Transaction {
  return transaction({
    version: spend.version ?? 2,
    lockTime: spend.lockTime ?? 0,
    inputs: [
      {
        prevTxid: new Uint8Array(32).fill(1),
        prevIndex: 0,
        scriptSig: spend.scriptSig ?? EMPTY_BYTES,
        sequence: spend.sequence ?? 0xffffffff,
        witness: spend.witness ?? [],
      },
    ],
    outputs: [{ value: 900, script: EMPTY_BYTES }],
  })
}

export function transaction(parts: TransactionParts): Transaction {
  return parseTransaction(new ByteReader(encodeTransaction(parts)), crypto)
}

export function coin(lockingScript: Uint8Array): TxOutput {
  return { value: 1000, script: lockingScript }
}

function flags(names: readonly FlagName[]): number {
  return names.reduce((all, name) => all | FLAG[name], 0)
}

/** The error's name of a spend of a coin with this script. */
export function judge(lockingScript: Uint8Array, spend: Spend, names: readonly FlagName[] = []): string {
  const digests = new TxDigests(spendOf(spend), [coin(lockingScript)], crypto)
  return scriptErrorName(verifyInput(digests, 0, flags(names)))
}

/** The error's name of a bare script that runs on an empty stack. */
export function run(text: string, names: readonly FlagName[] = [], spend: Spend = {}): string {
  return judge(script(text), spend, names)
}
