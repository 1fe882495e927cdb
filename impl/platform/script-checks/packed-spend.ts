import {
  ByteReader,
  type ByteWriter,
  type Hasher,
  parseTransaction,
  type Transaction,
  type TxOutput,
} from '../../wire/index.ts'

/** A transaction and the coins that it spends, as they cross from thread to thread. */
export interface Spend {
  readonly tx: Transaction
  readonly spent: readonly TxOutput[]
}

/** Writes a spend: the transaction as serialized, then one value and script for each input. */
export function packSpend(out: ByteWriter, tx: Transaction, spent: readonly TxOutput[]): void {
  out.put(tx.raw)
  for (const coin of spent) out.i64FromNumber(coin.value).putVariable(coin.script)
}

export function unpackSpend(bytes: Uint8Array, hasher: Hasher): Spend {
  const reader = new ByteReader(bytes)
  const tx = parseTransaction(reader, hasher)
  const spent = tx.inputs.map(() => ({ value: reader.i64AsNumber(), script: reader.takeVariable() }))
  return { tx, spent }
}
