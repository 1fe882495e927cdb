import type { SpentCoin } from '../validation/index.ts'
import {
  type Block,
  ByteWriter,
  bytesKey,
  hashKey,
  type Transaction,
  type TxInput,
  type TxOutput,
} from '../wire/index.ts'
import type { BlockNode } from './block-node.ts'
import type { CoinCache } from './coin-cache.ts'
import { isUnspendable, OUTPOINT_BYTES, setOutputIndex } from './coin-record.ts'
import { NO_ENTRY } from './coin-table.ts'

/** A coin that a transaction of a block spends. The script is a view, good until the coins move. */
export interface FoundCoin extends SpentCoin, TxOutput {
  /** In the coins at the tip; NO_ENTRY for a coin that the block itself made. */
  readonly entry: number
}

/**
 * The coins as the transactions of one block find them, one after the other: those at the tip, without what the block
 * has spent, and with what it has made. The coins at the tip stay what they are until `move`; nothing else may move
 * them, or drop entries, before.
 */
export class BlockCoins {
  readonly #block: Block
  readonly #node: BlockNode
  readonly #coins: CoinCache
  /** The coinbase may take the place of unspent coins: one of the blocks that BIP30 excepts. */
  readonly #mayOverwrite: boolean
  /** Where the coins of the inputs stand at the tip, in order, NO_ENTRY for the block's own. */
  readonly #entries: number[] = []
  readonly #spentEntries = new Set<number>()
  /** The first `#named` transactions of the block by id: most blocks never ask for them. */
  readonly #byId = new Map<string, Transaction>()
  readonly #spentOwn = new Set<string>()
  #named = 0
  #applied = 0

  constructor(block: Block, node: BlockNode, coins: CoinCache, mayOverwrite: boolean) {
    this.#block = block
    this.#node = node
    this.#coins = coins
    this.#mayOverwrite = mayOverwrite
  }

  /** The coin of an input of the next transaction; undefined when it is missing or spent. */
  find(input: TxInput): FoundCoin | undefined {
    if (this.#mayOverwrite) return this.#findOwn(input) ?? this.#findAtTip(input)
    return this.#findAtTip(input) ?? this.#findOwn(input)
  }

  /** The next transaction spends these coins, of its inputs in order, and makes its own. */
  apply(spent: readonly FoundCoin[]): void {
    const { inputs } = this.#block.transactions[this.#applied++]!
    for (let i = 0; i < spent.length; i++) {
      const { entry } = spent[i]!
      this.#entries.push(entry)
      if (entry === NO_ENTRY) this.#spentOwn.add(bytesKey(inputs[i]!.outpoint))
      else this.#spentEntries.add(entry)
    }
  }

  /** Moves the coins at the tip as all the transactions want it, and returns the undo data. */
  move(): Uint8Array {
    const coins = this.#coins
    const undo = new ByteWriter(64 * this.#block.transactions.length)
    let next = 0
    for (const transaction of this.#block.transactions) {
      const { isCoinbase } = transaction
      if (!isCoinbase)
        for (const { outpoint } of transaction.inputs) {
          const known = this.#entries[next++]!
          const entry = known === NO_ENTRY ? coins.lookup(outpoint) : known
          undo.put(coins.tail(entry))
          coins.spend(entry)
        }
      this.#make(transaction, isCoinbase)
    }
    coins.endBlock()
    return undo.finish()
  }

  #findAtTip({ outpoint }: TxInput): FoundCoin | undefined {
    const coins = this.#coins
    const entry = coins.lookup(outpoint)
    if (entry === NO_ENTRY || this.#spentEntries.has(entry)) return undefined
    const code = coins.code(entry)
    return {
      entry,
      height: code >>> 1,
      isCoinbase: (code & 1) === 1,
      value: coins.value(entry),
      script: coins.script(entry),
    }
  }

  #findOwn({ outpoint, prevTxid, prevIndex }: TxInput): FoundCoin | undefined {
    for (; this.#named < this.#applied; this.#named++) {
      const transaction = this.#block.transactions[this.#named]!
      this.#byId.set(hashKey(transaction.txid), transaction)
    }
    const transaction = this.#byId.get(hashKey(prevTxid))
    const output = transaction?.outputs[prevIndex]
    if (transaction === undefined || output === undefined || isUnspendable(output.script)) return undefined
    if (this.#spentOwn.has(bytesKey(outpoint))) return undefined
    return {
      entry: NO_ENTRY,
      height: this.#node.height,
      isCoinbase: transaction.isCoinbase,
      value: output.value,
      script: output.script,
    }
  }

  #make(transaction: Transaction, isCoinbase: boolean): void {
    const code = this.#node.height * 2 + (isCoinbase ? 1 : 0)
    const outpoint = new Uint8Array(OUTPOINT_BYTES)
    outpoint.set(transaction.txid)
    for (let i = 0; i < transaction.outputs.length; i++) {
      const { value, script } = transaction.outputs[i]!
      if (isUnspendable(script)) continue
      setOutputIndex(outpoint, i)
      if (isCoinbase && this.#mayOverwrite) {
        const entry = this.#coins.lookup(outpoint)
        if (entry !== NO_ENTRY) this.#coins.spend(entry)
      }
      this.#coins.add(outpoint, code, value, script)
    }
  }
}
