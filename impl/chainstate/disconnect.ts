import { type Block, equalBytes } from '../wire/index.ts'
import type { CoinCache } from './coin-cache.ts'
import {
  type Coin,
  coinAt,
  isUnspendable,
  OUTPOINT_BYTES,
  recordLengthAt,
  setOutputIndex,
} from './coin-record.ts'
import { NO_ENTRY } from './coin-table.ts'

/**
 * Takes back a block that was connected at `height`: removes the coins it made and restores the coins it spent, the
 * last first. `undo` holds these coins' tails in the order of the inputs.
 * Returns false when the coins were not what the block left behind; the work is done all the same, so that it may be
 * repeated after a crash. Throws RangeError when the undo data does not fit the block. [Core DisconnectBlock]
 */
export function undoTransactions(block: Block, height: number, undo: Uint8Array, coins: CoinCache): boolean {
  const tails = splitTails(undo)
  let next = tails.length
  let isClean = true
  const outpoint = new Uint8Array(OUTPOINT_BYTES)
  for (let t = block.transactions.length - 1; t >= 0; t--) {
    const transaction = block.transactions[t]!
    const code = height * 2 + (transaction.isCoinbase ? 1 : 0)
    outpoint.set(transaction.txid)
    for (let i = transaction.outputs.length - 1; i >= 0; i--) {
      const output = transaction.outputs[i]!
      if (isUnspendable(output.script)) continue
      setOutputIndex(outpoint, i)
      const entry = coins.lookup(outpoint)
      if (entry === NO_ENTRY) {
        isClean = false
        continue
      }
      isClean &&=
        coins.code(entry) === code &&
        coins.value(entry) === output.value &&
        equalBytes(coins.script(entry), output.script)
      coins.spend(entry)
    }
    if (transaction.isCoinbase) continue
    for (let i = transaction.inputs.length - 1; i >= 0; i--) {
      const tail = tails[--next]
      if (tail === undefined) throw new RangeError('undo data ends early')
      const input = transaction.inputs[i]!
      const entry = coins.lookup(input.outpoint)
      if (entry !== NO_ENTRY) {
        isClean = false
        coins.spend(entry)
      }
      coins.restore(input.outpoint, tail)
    }
  }
  if (next !== 0) throw new RangeError('undo data is longer than the block')
  return isClean
}

/** The coins that each transaction of a connected block spent, none for the coinbase; undefined without undo data. */
export function spentByTransaction(block: Block, undo: Uint8Array | undefined): Coin[][] | undefined {
  if (undo === undefined) return undefined
  const tails = splitTails(undo)
  let next = 0
  return block.transactions.map((transaction) =>
    transaction.isCoinbase ? [] : transaction.inputs.map(() => coinOf(tails[next++]!)),
  )
}

function coinOf(tail: Uint8Array): Coin {
  const record = new Uint8Array(OUTPOINT_BYTES + tail.length)
  record.set(tail, OUTPOINT_BYTES)
  return coinAt(record, 0)
}

/** Cuts undo data into the coins it holds. */
function splitTails(undo: Uint8Array): Uint8Array[] {
  const tails: Uint8Array[] = []
  for (let offset = 0; offset < undo.length; ) {
    const end = offset + recordLengthAt(undo, offset - OUTPOINT_BYTES) - OUTPOINT_BYTES
    if (end > undo.length) throw new RangeError('undo data ends early')
    tails.push(undo.subarray(offset, end))
    offset = end
  }
  return tails
}

/**
 * Moves the coins of a block again, whatever part of it has been moved already: used to bring coins that a crash left
 * between two states to the later one. [Core Chainstate::RollforwardBlock]
 */
export function reapplyTransactions(block: Block, height: number, coins: CoinCache): void {
  const outpoint = new Uint8Array(OUTPOINT_BYTES)
  for (const transaction of block.transactions) {
    const isCoinbase = transaction.isCoinbase
    if (!isCoinbase)
      for (const input of transaction.inputs) {
        const entry = coins.lookup(input.outpoint)
        if (entry !== NO_ENTRY) coins.spend(entry)
      }
    outpoint.set(transaction.txid)
    for (let i = 0; i < transaction.outputs.length; i++) {
      const { value, script } = transaction.outputs[i]!
      if (isUnspendable(script)) continue
      setOutputIndex(outpoint, i)
      const entry = coins.lookup(outpoint)
      if (entry !== NO_ENTRY) coins.spend(entry)
      coins.add(outpoint, height * 2 + (isCoinbase ? 1 : 0), value, script)
    }
  }
}
