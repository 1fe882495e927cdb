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
  sequenceLock,
  subsidyAt,
} from '../validation/index.ts'
import { type Block, hashToHex, type Transaction } from '../wire/index.ts'
import { BlockCoins, type FoundCoin } from './block-coins.ts'
import type { BlockNode } from './block-node.ts'
import type { CoinCache } from './coin-cache.ts'
import { OUTPOINT_BYTES, setOutputIndex } from './coin-record.ts'
import { NO_ENTRY } from './coin-table.ts'
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
  /** False where the operator vouches for them. */
  readonly judgesScripts: boolean
}

const MONEY_OUT_OF_RANGE = 'bad-txns-accumulated-fee-outofrange'

/**
 * The connection of a block on top of its parent, in two halves. Making it judges the spending and submits the scripts,
 * which other threads may then work on; `finish` waits for their answer and only then moves the coins, which must be the
 * same as before. [Core ConnectBlock]
 */
export class BlockConnection {
  readonly block: Block
  readonly node: BlockNode
  readonly #coins: CoinCache
  readonly #context: ConnectContext
  readonly #found: BlockCoins
  readonly #rejection: Rejection | undefined
  #fees = 0
  #sigopCost = 0
  #submitted = 0

  constructor(block: Block, node: BlockNode, coins: CoinCache, context: ConnectContext) {
    this.block = block
    this.node = node
    this.#coins = coins
    this.#context = context
    this.#found = new BlockCoins(block, node, coins, context.mayOverwrite)
    this.#rejection = this.#judge()
  }

  /** Moves the coins and returns the undo data, or returns the rejection: that of scripts last, the lowest input first. */
  finish(): Uint8Array | Rejection {
    return this.settle() ?? this.#found.move()
  }

  /** Waits for the scripts: why the block cannot be connected, or nothing. Moves no coin. */
  settle(): Rejection | undefined {
    const { checks, duplicateCheck } = this.#context
    const failure = checks.settle()
    const rejection =
      this.#rejection ??
      (failure &&
        invalid(
          `block-script-verify-flag-failed (${scriptErrorName(failure.error)})`,
          this.#nameCheck(failure.index),
        ))
    if (rejection === undefined) return undefined
    return (duplicateCheck === 'if-rejected' ? this.#findDuplicate() : undefined) ?? rejection
  }

  #judge(): Rejection | undefined {
    if (this.#context.duplicateCheck === 'first') {
      const duplicate = this.#findDuplicate()
      if (duplicate !== undefined) return duplicate
    }
    for (const transaction of this.block.transactions) {
      const rejection = this.#judgeTransaction(transaction)
      if (rejection !== undefined) return rejection
    }
    return this.#checkCoinbaseAmount()
  }

  #judgeTransaction(transaction: Transaction): Rejection | undefined {
    const isCoinbase = transaction.isCoinbase
    const spent = isCoinbase ? NOTHING_SPENT : this.#findCoins(transaction)
    if (!Array.isArray(spent)) return spent
    const { flags, chain, checks, judgesScripts } = this.#context
    this.#sigopCost += sigopsCost(transaction, spent, flags)
    if (this.#sigopCost > chain.limits.maxBlockSigopsCost) return invalid('bad-blk-sigops', 'too many sigops')
    if (!isCoinbase && judgesScripts)
      for (let inputIndex = 0; inputIndex < transaction.inputs.length; inputIndex++)
        checks.submit(this.#submitted++, { tx: transaction, inputIndex, spent, flags })
    this.#found.apply(spent)
    return undefined
  }

  #findCoins(transaction: Transaction): FoundCoin[] | Rejection {
    const { chain, activation } = this.#context
    const { inputs } = transaction
    const spent = new Array<FoundCoin>(inputs.length)
    for (let i = 0; i < inputs.length; i++) {
      const input = inputs[i]!
      const coin = this.#found.find(input)
      if (coin === undefined)
        return invalid(
          'bad-txns-inputs-missingorspent',
          `CheckTxInputs: inputs missing/spent in transaction ${hashToHex(transaction.txid)}`,
        )
      spent[i] = coin
    }
    const fee = checkSpending(transaction, (i) => spent[i]!, this.node.height, chain.limits, 'invalid')
    if (typeof fee !== 'number')
      return { ...fee, detail: `${fee.detail ?? ''} in transaction ${hashToHex(transaction.txid)}` }
    this.#fees += fee
    if (this.#fees > chain.limits.maxMoney) return invalid(MONEY_OUT_OF_RANGE)
    if (!activation.csv || hasNoSequenceLock(transaction)) return spent
    const { medianTimeSpan } = chain.limits
    const parent = this.node.previous!
    const lock = sequenceLock(transaction, (i) => spent[i]!.height, parent, medianTimeSpan)
    return isPastLock(lock, parent, medianTimeSpan)
      ? spent
      : invalid('bad-txns-nonfinal', `contains a non-BIP68-final transaction ${hashToHex(transaction.txid)}`)
  }

  /** The coinbase takes at most the subsidy and the fees. */
  #checkCoinbaseAmount(): Rejection | undefined {
    let claimed = 0
    for (const output of this.block.transactions[0]!.outputs) claimed += output.value
    const allowed = this.#fees + subsidyAt(this.node.height, this.#context.chain.limits)
    return claimed > allowed
      ? invalid('bad-cb-amount', `coinbase pays too much (actual=${claimed} vs limit=${allowed})`)
      : undefined
  }

  #findDuplicate(): Rejection | undefined {
    const outpoint = new Uint8Array(OUTPOINT_BYTES)
    for (const transaction of this.block.transactions) {
      outpoint.set(transaction.txid)
      for (let i = 0; i < transaction.outputs.length; i++) {
        setOutputIndex(outpoint, i)
        if (this.#coins.lookup(outpoint) !== NO_ENTRY)
          return invalid('bad-txns-BIP30', 'tried to overwrite transaction')
      }
    }
    return undefined
  }

  /** Which input a submitted check is about. */
  #nameCheck(index: number): string {
    let first = 0
    for (const transaction of this.block.transactions.slice(1)) {
      if (index < first + transaction.inputs.length)
        return `input ${index - first} of ${hashToHex(transaction.txid)}`
      first += transaction.inputs.length
    }
    return `input ${index}`
  }
}

const NOTHING_SPENT: FoundCoin[] = []
