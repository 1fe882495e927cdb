import { txid } from '../../encoding/index.ts'
import type { Feature, ScriptExtension } from '../../script/index.ts'
import { sigopCost } from '../../script/index.ts'
import type {
  Block,
  Branch,
  Coin,
  Height,
  Outpoint,
  Output,
  Sats,
  Transaction,
} from '../../vocabulary/index.ts'
import { height, isCoinbase, outpointKey, sats, sumSats } from '../../vocabulary/index.ts'
import type { BlockSpend, InputSpend, ScriptSpend, SparedFeatures, TransactionSpend } from '../subjects.ts'
import { coinsOf } from './coins-of.ts'

/** What a block is judged with when its inputs are looked up. */
export interface SpendContext {
  readonly parent: Branch
  readonly features: ReadonlySet<Feature>
  readonly extension: ScriptExtension
  /** None by default. */
  readonly spared?: readonly SparedFeatures[]
  /** The unspent coin of this name under the block. */
  readonly coinAt: (outpoint: Outpoint) => Coin | undefined
}

/** Looks up the coins of a block in the order in which its transactions create and spend them. */
export function blockSpend(block: Block, context: SpendContext): BlockSpend {
  const spendHeight = height(context.parent.height + 1)
  const coins = coinsDuring(context.coinAt)
  let fees: Sats | undefined = sats(0n)
  let cost: number | undefined = 0
  const transactions = block.transactions.map((transaction): TransactionSpend => {
    const spend = lookUp(transaction, spendHeight, context, coins.at)
    coins.apply(transaction, spendHeight)
    fees = fees !== undefined && spend.fee !== undefined ? sats(fees + spend.fee) : undefined
    cost = cost !== undefined ? addCost(cost, spend) : undefined
    return { ...spend, feesSoFar: fees, sigopCostSoFar: cost }
  })
  return { block, height: spendHeight, transactions, fees }
}

/** Looks up the coins of one transaction, as if it were alone in the next block. */
export function unconfirmedSpend(transaction: Transaction, context: SpendContext): TransactionSpend {
  const spend = lookUp(transaction, height(context.parent.height + 1), context, context.coinAt)
  return { ...spend, feesSoFar: spend.fee, sigopCostSoFar: addCost(0, spend) }
}

/** Each input whose coin is known, with the running total of their values. */
export function* inputSpends(spend: TransactionSpend): Generator<InputSpend, void> {
  let total = 0n
  for (const [index, coin] of spend.coins.entries()) {
    if (coin === undefined) return
    total += coin.output.value
    const { outpoint } = spend.transaction.inputs[index]!
    yield { outpoint, coin, spendHeight: spend.spendHeight, valueSoFar: sats(total) }
  }
}

/** Each input whose scripts can be run: those of a transaction that has all its coins. */
export function* scriptSpends(spend: TransactionSpend): Generator<ScriptSpend, void> {
  const { transaction, spentOutputs, extension } = spend
  if (spentOutputs === undefined) return
  for (const inputIndex of spentOutputs.keys()) {
    const features = featuresFor(spend.coins[inputIndex]!, spend)
    yield { transaction, inputIndex, spentOutputs, features, extension }
  }
}

/** The features under which a coin is spent: without those that coins of its age are spared. */
function featuresFor(coin: Coin, { features, spared }: TransactionSpend): ReadonlySet<Feature> {
  const without = spared.filter(({ below }) => coin.height < below).flatMap((some) => some.features)
  return without.length === 0
    ? features
    : new Set([...features].filter((feature) => !without.includes(feature)))
}

type LookedUp = Omit<TransactionSpend, 'feesSoFar' | 'sigopCostSoFar'>

function lookUp(
  transaction: Transaction,
  spendHeight: Height,
  { parent, features, extension, spared = [], coinAt }: SpendContext,
  coinNow: SpendContext['coinAt'],
): LookedUp {
  const inputs = isCoinbase(transaction) ? [] : transaction.inputs
  const coins = inputs.map((input) => coinNow(input.outpoint))
  const spentOutputs = outputsOf(coins)
  const id = txid(transaction)
  const overwritten = transaction.outputs
    .map((_, index) => ({ txid: id, index }))
    .find((outpoint) => coinAt(outpoint) !== undefined)
  const fee = feeOf(transaction, spentOutputs)
  const known = { coins, spentOutputs, overwritten, fee }
  return { transaction, spendHeight, parent, ...known, features, extension, spared }
}

function outputsOf(coins: readonly (Coin | undefined)[]): readonly Output[] | undefined {
  const known = coins.filter((coin) => coin !== undefined)
  return known.length === coins.length ? known.map((coin) => coin.output) : undefined
}

function feeOf(transaction: Transaction, spentOutputs: readonly Output[] | undefined): Sats | undefined {
  if (isCoinbase(transaction)) return sats(0n)
  if (spentOutputs === undefined) return undefined
  const fee =
    sumSats(spentOutputs.map((output) => output.value)) -
    sumSats(transaction.outputs.map((output) => output.value))
  return fee < 0n ? undefined : sats(fee)
}

function addCost(cost: number, { transaction, spentOutputs, features }: LookedUp): number | undefined {
  return spentOutputs && cost + sigopCost(transaction, spentOutputs, features)
}

/** The coins while a block is being applied: those under it, less what it spent, plus what it created. */
function coinsDuring(under: SpendContext['coinAt']) {
  const changed = new Map<string, Coin | undefined>()
  return {
    at: (outpoint: Outpoint) => {
      const key = outpointKey(outpoint)
      return changed.has(key) ? changed.get(key) : under(outpoint)
    },
    apply: (transaction: Transaction, spendHeight: Height) => {
      for (const { outpoint } of transaction.inputs) changed.set(outpointKey(outpoint), undefined)
      for (const [outpoint, coin] of coinsOf(transaction, spendHeight))
        changed.set(outpointKey(outpoint), coin)
    },
  }
}
