import {
  type BlockNode,
  type Chainstate,
  type Coin,
  isUnspendable,
  spentByTransaction,
} from '../../chainstate/index.ts'
import { medianTimePast, subsidyAt } from '../../validation/index.ts'
import {
  type Block,
  compactSizeLength,
  hashToHex,
  type Transaction,
  type TxOutput,
} from '../../wire/index.ts'

/** What a coin takes beside its output: outpoint, height, whether it is of a coinbase. [Core PER_UTXO_OVERHEAD] */
const COIN_OVERHEAD = 36 + 4 + 1
const PERCENTILES = [0.1, 0.25, 0.5, 0.75, 0.9]

/** One payment in numbers; fees in sats. */
interface Payment {
  readonly transaction: Transaction
  readonly fee: number
  /** Whole sats per virtual byte. */
  readonly rate: number
}

/** Statistics of a block. [Core getblockstats] */
export function describeStatistics(
  block: Block,
  node: BlockNode,
  undo: Uint8Array | undefined,
  chain: Chainstate,
) {
  const { limits } = chain.chain
  const spent = spentByTransaction(block, undo) ?? []
  const payments = block.transactions.slice(1).map((transaction, at) => {
    const fee = sum(spent[at + 1]!, valueIn) - sum(transaction.outputs, valueIn)
    return { transaction, fee, rate: Math.trunc((fee * 4) / transaction.weight) }
  })
  const outputs = block.transactions.flatMap((transaction) => transaction.outputs)
  // The coins of the genesis block and of repeated coinbases never came to be. [BIP30]
  const made = node.height === 0 ? [] : outputs.filter(({ script }) => !isUnspendable(script))
  const spentCoins: Coin[] = spent.flat()
  const spentBytes = sum(spentCoins, coinBytes)
  const inputs = sum(payments, ({ transaction }) => transaction.inputs.length)
  const fees = payments.map(({ fee }) => fee)
  const rates = payments.map(({ rate }) => rate)
  const sizes = payments.map(({ transaction }) => transaction.totalSize)
  const weight = sum(payments, ({ transaction }) => transaction.weight)
  const segwit = payments.map(({ transaction }) => transaction).filter(({ hasWitness }) => hasWitness)
  return {
    avgfee: mean(fees),
    avgfeerate: weight === 0 ? 0 : Math.trunc((sum(fees, itself) * 4) / weight),
    avgtxsize: mean(sizes),
    blockhash: hashToHex(node.hash),
    feerate_percentiles: percentiles(payments, weight),
    height: node.height,
    ins: inputs,
    maxfee: Math.max(0, ...fees),
    maxfeerate: Math.max(0, ...rates),
    maxtxsize: Math.max(0, ...sizes),
    medianfee: median(fees),
    mediantime: medianTimePast(node, limits.medianTimeSpan),
    mediantxsize: median(sizes),
    minfee: least(fees),
    minfeerate: least(rates),
    mintxsize: least(sizes),
    outs: outputs.length,
    subsidy: subsidyAt(node.height, limits),
    swtotal_size: sum(segwit, ({ totalSize }) => totalSize),
    swtotal_weight: sum(segwit, (transaction) => transaction.weight),
    swtxs: segwit.length,
    time: node.time,
    total_out: sum(payments, ({ transaction }) => sum(transaction.outputs, valueIn)),
    total_size: sum(sizes, itself),
    total_weight: weight,
    totalfee: sum(fees, itself),
    txs: block.transactions.length,
    utxo_increase: outputs.length - inputs,
    utxo_size_inc: sum(outputs, coinBytes) - spentBytes,
    utxo_increase_actual: made.length - inputs,
    utxo_size_inc_actual: sum(made, coinBytes) - spentBytes,
  }
}

function coinBytes({ script }: TxOutput): number {
  return 8 + compactSizeLength(script.length) + script.length + COIN_OVERHEAD
}

/** The rates below which these shares of the weight lie. [Core CalculatePercentilesByWeight] */
function percentiles(payments: readonly Payment[], weight: number): number[] {
  const byRate = [...payments].sort((a, b) => a.rate - b.rate || a.transaction.weight - b.transaction.weight)
  const found: number[] = []
  let below = 0
  for (const { rate, transaction } of byRate) {
    below += transaction.weight
    while (found.length < PERCENTILES.length && below >= weight * PERCENTILES[found.length]!) found.push(rate)
  }
  return PERCENTILES.map((_, at) => found[at] ?? byRate.at(-1)?.rate ?? 0)
}

function valueIn({ value }: { readonly value: number }): number {
  return value
}

function itself(value: number): number {
  return value
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.trunc(sum(values, itself) / values.length)
}

function least(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.min(...values)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return 0
  return sorted.length % 2 === 1 ? sorted[middle]! : Math.trunc((sorted[middle - 1]! + sorted[middle]!) / 2)
}
