import { ByteWriter, type Transaction, type TxOutput } from '../../wire/index.ts'
import type { Crypto } from '../crypto.ts'

/** The legacy serialization of a transaction in which every input script is empty. */
export interface BlankedTransaction {
  readonly bytes: Uint8Array
  /** Where the empty script of input 0 (one zero byte) stands; that of input i is 41 × i further on. */
  readonly firstScriptOffset: number
}

const scratch = new ByteWriter(1024)

/** Bytes of an input whose script is empty. */
export const BLANK_INPUT_BYTES = 41

/**
 * What the signature hashes of all inputs of one transaction share; each part is computed when first asked for.
 * One object serves every input, so that hashing stays linear in the size of the transaction.
 */
export class TxDigests {
  readonly tx: Transaction
  readonly spent: readonly TxOutput[]
  readonly crypto: Crypto
  #prevouts: Uint8Array | undefined
  #sequences: Uint8Array | undefined
  #outputs: Uint8Array | undefined
  #amounts: Uint8Array | undefined
  #scripts: Uint8Array | undefined
  #prevouts2: Uint8Array | undefined
  #sequences2: Uint8Array | undefined
  #outputs2: Uint8Array | undefined
  #blanked: BlankedTransaction | undefined

  /** `spent` holds one output per input of `tx`, in order. */
  constructor(tx: Transaction, spent: readonly TxOutput[], crypto: Crypto) {
    this.tx = tx
    this.spent = spent
    this.crypto = crypto
  }

  /** SHA-256 of all outpoints. [BIP341 sha_prevouts] */
  get prevouts(): Uint8Array {
    this.#prevouts ??= this.#hash((out) => {
      for (const input of this.tx.inputs) out.put(input.outpoint)
    })
    return this.#prevouts
  }

  /** [BIP341 sha_sequences] */
  get sequences(): Uint8Array {
    this.#sequences ??= this.#hash((out) => {
      for (const input of this.tx.inputs) out.u32(input.sequence)
    })
    return this.#sequences
  }

  /** [BIP341 sha_outputs] */
  get outputs(): Uint8Array {
    this.#outputs ??= this.#hash((out) => {
      for (const output of this.tx.outputs) putOutput(out, output)
    })
    return this.#outputs
  }

  /** [BIP341 sha_amounts] */
  get amounts(): Uint8Array {
    this.#amounts ??= this.#hash((out) => {
      for (const coin of this.spent) out.i64FromNumber(coin.value)
    })
    return this.#amounts
  }

  /** [BIP341 sha_scriptpubkeys] */
  get scripts(): Uint8Array {
    this.#scripts ??= this.#hash((out) => {
      for (const coin of this.spent) out.putVariable(coin.script)
    })
    return this.#scripts
  }

  /** [BIP143 hashPrevouts] */
  get doublePrevouts(): Uint8Array {
    this.#prevouts2 ??= this.crypto.sha256(this.prevouts)
    return this.#prevouts2
  }

  /** [BIP143 hashSequence] */
  get doubleSequences(): Uint8Array {
    this.#sequences2 ??= this.crypto.sha256(this.sequences)
    return this.#sequences2
  }

  /** [BIP143 hashOutputs] */
  get doubleOutputs(): Uint8Array {
    this.#outputs2 ??= this.crypto.sha256(this.outputs)
    return this.#outputs2
  }

  get blanked(): BlankedTransaction {
    this.#blanked ??= blank(this.tx)
    return this.#blanked
  }

  #hash(write: (out: ByteWriter) => void): Uint8Array {
    write(scratch.reset())
    return this.crypto.sha256(scratch.view())
  }
}

/** Value and script of an output, as serialized. */
export function putOutput(out: ByteWriter, output: TxOutput): void {
  out.i64FromNumber(output.value).putVariable(output.script)
}

function blank(tx: Transaction): BlankedTransaction {
  const out = new ByteWriter(tx.strippedSize)
  out.u32(tx.version).compactSize(tx.inputs.length)
  const firstScriptOffset = out.length + 36
  for (const input of tx.inputs) out.put(input.outpoint).u8(0).u32(input.sequence)
  out.compactSize(tx.outputs.length)
  for (const output of tx.outputs) putOutput(out, output)
  out.u32(tx.lockTime)
  return { bytes: out.view(), firstScriptOffset }
}
