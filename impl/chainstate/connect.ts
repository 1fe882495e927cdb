import type { ChainParameters } from '../chains/index.ts'
import type { ScriptChecks } from '../script-engine/index.ts'
import { scriptErrorName, sigopsCost } from '../script-engine/index.ts'
import {
  type Activation,
  checkSpending,
  hasNoSequenceLock,
  invalid,
  isPastLock,
  type Rejection,
  type SpentCoin,
  sequenceLock,
  subsidyAt,
} from '../validation/index.ts'
import { type Block, ByteWriter, hashToHex, type Transaction, type TxOutput } from '../wire/index.ts'
import type { BlockNode } from './block-node.ts'
import type { CoinCache } from './coin-cache.ts'
import { isUnspendable, OUTPOINT_BYTES } from './coin-record.ts'
import { NO_ENTRY } from './coin-table.ts'
import { undoTransactions } from './disconnect.ts'
import type { DuplicateCheck } from './duplicates.ts'

/** How a block is to be judged. */
export interface ConnectContext {
  readonly chain: ChainParameters
  readonly activation: Activation
  /** Flags of the script machine for this very block. */
  readonly flags: number
  /** When to look whether outputs would take the place of unspent coins. */
  readonly duplicateCheck: DuplicateCheck
  /** The coinbase may take the place of unspent coins: one of the blocks that BIP30 excepts. */
  readonly mayOverwrite: boolean
  readonly checks: ScriptChecks
}

const MONEY_OUT_OF_RANGE = 'bad-txns-accumulated-fee-outofrange'

/**
 * Judges the spending of a block on top of its parent and moves the coins. Returns the undo data, or the rejection
 * after taking everything back. Failing scripts are told last, that of the lowest input first. [Core ConnectBlock]
 */
export function connectBlock(
  block: Block,
  node: BlockNode,
  coins: CoinCache,
  context: ConnectContext,
): Uint8Array | Rejection {
  const undo = new ByteWriter(64 * block.transactions.length)
  const run = new BlockRun(node, coins, context, undo)
  let rejection = context.duplicateCheck === 'first' ? findDuplicate(block, coins) : undefined
  let applied = 0
  for (; rejection === undefined && applied < block.transactions.length; applied++) {
    rejection = run.apply(block.transactions[applied]!)
    if (rejection !== undefined) break
  }
  rejection ??= run.checkCoinbaseAmount(block)
  const failure = context.checks.settle()
  if (failure !== undefined)
    rejection ??= invalid(
      `block-script-verify-flag-failed (${scriptErrorName(failure.error)})`,
      run.nameCheck(block, failure.index),
    )
  if (rejection === undefined) {
    coins.endBlock()
    return undo.finish()
  }
  undoTransactions(block, applied, node.height, undo.view(), coins)
  coins.endBlock()
  return (context.duplicateCheck === 'if-rejected' ? findDuplicate(block, coins) : undefined) ?? rejection
}

function findDuplicate(block: Block, coins: CoinCache): Rejection | undefined {
  const outpoint = new Uint8Array(OUTPOINT_BYTES)
  for (const transaction of block.transactions) {
    outpoint.set(transaction.txid)
    for (let i = 0; i < transaction.outputs.length; i++) {
      setIndex(outpoint, i)
      if (coins.lookup(outpoint) !== NO_ENTRY)
        return invalid('bad-txns-BIP30', `${hashToHex(transaction.txid)} is unspent already`)
    }
  }
  return undefined
}

/** The state of one block's connection, transaction by transaction. */
class BlockRun {
  readonly #height: number
  readonly #parent: BlockNode
  readonly #coins: CoinCache
  readonly #context: ConnectContext
  readonly #undo: ByteWriter
  readonly #outpoint = new Uint8Array(OUTPOINT_BYTES)
  readonly #entries: number[] = []
  readonly #coin: { height: number; isCoinbase: boolean; value: number } = {
    height: 0,
    isCoinbase: false,
    value: 0,
  }
  #fees = 0
  #sigopCost = 0
  #submitted = 0

  constructor(node: BlockNode, coins: CoinCache, context: ConnectContext, undo: ByteWriter) {
    this.#height = node.height
    this.#parent = node.previous!
    this.#coins = coins
    this.#context = context
    this.#undo = undo
  }

  /** Leaves the coins untouched when it returns a rejection. */
  apply(transaction: Transaction): Rejection | undefined {
    const isCoinbase = transaction.isCoinbase
    let spent: TxOutput[] = NOTHING_SPENT
    if (!isCoinbase) {
      const found = this.#findCoins(transaction)
      if (found !== undefined) return found
      spent = this.#spentOutputs()
    }
    const { flags, chain } = this.#context
    this.#sigopCost += sigopsCost(transaction, spent, flags)
    if (this.#sigopCost > chain.limits.maxBlockSigopsCost)
      return invalid('bad-blk-sigops', `cost ${this.#sigopCost}`)
    if (!isCoinbase) {
      const { checks } = this.#context
      for (let inputIndex = 0; inputIndex < transaction.inputs.length; inputIndex++)
        checks.submit(this.#submitted++, { tx: transaction, inputIndex, spent, flags })
      this.#spendCoins()
    }
    this.#createCoins(transaction, isCoinbase)
    return undefined
  }

  /** The coinbase takes at most the subsidy and the fees. */
  checkCoinbaseAmount(block: Block): Rejection | undefined {
    let claimed = 0
    for (const output of block.transactions[0]!.outputs) claimed += output.value
    const allowed = this.#fees + subsidyAt(this.#height, this.#context.chain.limits)
    return claimed > allowed ? invalid('bad-cb-amount', `claims ${claimed} of ${allowed}`) : undefined
  }

  /** Which input a submitted check is about. */
  nameCheck(block: Block, index: number): string {
    let first = 0
    for (const transaction of block.transactions.slice(1)) {
      if (index < first + transaction.inputs.length)
        return `input ${index - first} of ${hashToHex(transaction.txid)}`
      first += transaction.inputs.length
    }
    return `input ${index}`
  }

  #findCoins(transaction: Transaction): Rejection | undefined {
    const { chain, activation } = this.#context
    const entries = this.#entries
    entries.length = 0
    for (const input of transaction.inputs) {
      const entry = this.#coins.lookup(input.outpoint)
      if (entry === NO_ENTRY)
        return invalid(
          'bad-txns-inputs-missingorspent',
          `${hashToHex(input.prevTxid)}:${input.prevIndex} in ${hashToHex(transaction.txid)}`,
        )
      entries.push(entry)
    }
    const fee = checkSpending(transaction, this.#coinOf, this.#height, chain.limits, 'invalid')
    if (typeof fee !== 'number') return fee
    this.#fees += fee
    if (this.#fees > chain.limits.maxMoney) return invalid(MONEY_OUT_OF_RANGE)
    if (!activation.csv || hasNoSequenceLock(transaction)) return undefined
    const { medianTimeSpan } = chain.limits
    const heightOf = (i: number) => this.#coins.code(entries[i]!) >>> 1
    return isPastLock(
      sequenceLock(transaction, heightOf, this.#parent, medianTimeSpan),
      this.#parent,
      medianTimeSpan,
    )
      ? undefined
      : invalid('bad-txns-nonfinal', `sequence lock of ${hashToHex(transaction.txid)}`)
  }

  /** One object serves all coins; it is read before the next one is asked for. */
  readonly #coinOf = (inputIndex: number): SpentCoin => {
    const entry = this.#entries[inputIndex]!
    const code = this.#coins.code(entry)
    this.#coin.height = code >>> 1
    this.#coin.isCoinbase = (code & 1) === 1
    this.#coin.value = this.#coins.value(entry)
    return this.#coin
  }

  #spentOutputs(): TxOutput[] {
    const entries = this.#entries
    const spent = new Array<TxOutput>(entries.length)
    for (let i = 0; i < entries.length; i++)
      spent[i] = { value: this.#coins.value(entries[i]!), script: this.#coins.script(entries[i]!) }
    return spent
  }

  #spendCoins(): void {
    for (const entry of this.#entries) {
      this.#undo.put(this.#coins.tail(entry))
      this.#coins.spend(entry)
    }
  }

  #createCoins(transaction: Transaction, isCoinbase: boolean): void {
    const outpoint = this.#outpoint
    const code = this.#height * 2 + (isCoinbase ? 1 : 0)
    outpoint.set(transaction.txid)
    for (let i = 0; i < transaction.outputs.length; i++) {
      const { value, script } = transaction.outputs[i]!
      if (isUnspendable(script)) continue
      setIndex(outpoint, i)
      if (isCoinbase && this.#context.mayOverwrite) {
        const entry = this.#coins.lookup(outpoint)
        if (entry !== NO_ENTRY) this.#coins.spend(entry)
      }
      this.#coins.add(outpoint, code, value, script)
    }
  }
}

const NOTHING_SPENT: TxOutput[] = []

function setIndex(outpoint: Uint8Array, index: number): void {
  outpoint[32] = index & 0xff
  outpoint[33] = (index >>> 8) & 0xff
  outpoint[34] = (index >>> 16) & 0xff
  outpoint[35] = index >>> 24
}
