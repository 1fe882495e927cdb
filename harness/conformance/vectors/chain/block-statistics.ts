import { z } from 'zod'
import { type BlockTransaction, displayHash, outputBytes, type RawBlock } from '../../../wire/index.ts'

const count = z.int().nonnegative()

/** What Core's `getblockstats` reports of a block; amounts in sats, sizes in bytes, rates in sats a virtual byte. [Core rpc/blockchain.cpp getblockstats] */
export const blockStatisticsSchema = z.strictObject({
  avgfee: count,
  avgfeerate: count,
  avgtxsize: count,
  blockhash: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits'),
  feerate_percentiles: z.array(count).length(5),
  height: count,
  ins: count,
  maxfee: count,
  maxfeerate: count,
  maxtxsize: count,
  medianfee: count,
  mediantime: count,
  mediantxsize: count,
  minfee: count,
  minfeerate: count,
  mintxsize: count,
  outs: count,
  subsidy: count,
  swtotal_size: count,
  swtotal_weight: count,
  swtxs: count,
  time: count,
  total_out: count,
  total_size: count,
  total_weight: count,
  totalfee: count,
  txs: count,
  utxo_increase: z.int(),
  utxo_increase_actual: z.int(),
  utxo_size_inc: z.int(),
  utxo_size_inc_actual: z.int(),
})

export type BlockStatistics = z.infer<typeof blockStatisticsSchema>

/** What its block alone does not determine. */
type ContextStatistic = 'height' | 'mediantime' | 'subsidy'

type Output = BlockTransaction['outputs'][number]

/** Transaction id, index, height and coinbase mark of a coin: Core once left out the mark. [Core PER_UTXO_OVERHEAD] */
export const COIN_OVERHEADS: readonly number[] = [40, 41]

/** The same, counted by the vectors themselves from the block and the coins that it spends. */
export function statisticsOf(
  block: RawBlock,
  coinOf: (name: string) => Output,
  coinOverhead: number,
): Omit<BlockStatistics, ContextStatistic> {
  const [coinbase, ...payments] = block.transactions
  const facts = payments.map((transaction) => factsOf(transaction, coinOf))
  const outputs = [coinbase!, ...payments].flatMap((transaction) => transaction.outputs)
  const spent = facts.flatMap((fact) => fact.spent)
  const segwit = facts.filter(({ hasWitness }) => hasWitness)
  const [fees, sizes, rates] = [
    facts.map(({ fee }) => fee),
    facts.map(({ size }) => size),
    facts.map(({ rate }) => rate),
  ]
  const [totalFee, totalSize, totalWeight] = [sum(fees), sum(sizes), sum(facts.map(({ weight }) => weight))]
  const coinBytes = (list: readonly Output[]) =>
    sum(list.map((output) => outputBytes(output).length + coinOverhead))
  const kept = outputs.filter(({ script }) => script[0] !== OP_RETURN && script.length <= SCRIPT_BYTES_MAX)
  return {
    blockhash: block.hash,
    time: block.time,
    txs: block.transactions.length,
    ins: spent.length,
    outs: outputs.length,
    total_out: Number(facts.reduce((total, { paid }) => total + paid, 0n)),
    totalfee: totalFee,
    total_size: totalSize,
    total_weight: totalWeight,
    swtxs: segwit.length,
    swtotal_size: sum(segwit.map(({ size }) => size)),
    swtotal_weight: sum(segwit.map(({ weight }) => weight)),
    avgfee: quotient(totalFee, facts.length),
    avgfeerate: quotient(totalFee * WITNESS_SCALE, totalWeight),
    avgtxsize: quotient(totalSize, facts.length),
    minfee: least(fees),
    maxfee: most(fees),
    medianfee: median(fees),
    minfeerate: least(rates),
    maxfeerate: most(rates),
    mintxsize: least(sizes),
    maxtxsize: most(sizes),
    mediantxsize: median(sizes),
    feerate_percentiles: percentiles(facts, totalWeight),
    utxo_increase: outputs.length - spent.length,
    utxo_increase_actual: kept.length - spent.length,
    utxo_size_inc: coinBytes(outputs) - coinBytes(spent),
    utxo_size_inc_actual: coinBytes(kept) - coinBytes(spent),
  }
}

const OP_RETURN = 0x6a
const SCRIPT_BYTES_MAX = 10_000
const WITNESS_SCALE = 4

interface Facts {
  readonly spent: readonly Output[]
  readonly paid: bigint
  readonly fee: number
  readonly size: number
  readonly weight: number
  readonly rate: number
  readonly hasWitness: boolean
}

function factsOf(transaction: BlockTransaction, coinOf: (name: string) => Output): Facts {
  const { inputs, outputs, size, strippedSize } = transaction
  const hasWitness = size !== strippedSize
  const spent = inputs.map(({ txid, index }) => coinOf(`${displayHash(txid)}:${index}`))
  const paid = outputs.reduce((total, { value }) => total + value, 0n)
  const fee = Number(spent.reduce((total, { value }) => total + value, 0n) - paid)
  const weight = strippedSize * (WITNESS_SCALE - 1) + size
  return { spent, paid, fee, size, weight, rate: quotient(fee * WITNESS_SCALE, weight), hasWitness }
}

/** The rates at which a tenth, a quarter, a half, three quarters and nine tenths of the weight is reached. [Core CalculatePercentilesByWeight] */
function percentiles(facts: readonly Facts[], totalWeight: number): number[] {
  const sorted = [...facts].sort((left, right) => left.rate - right.rate)
  return [0.1, 0.25, 0.5, 0.75, 0.9].map((share) => {
    let weight = 0
    for (const fact of sorted) {
      weight += fact.weight
      if (weight >= totalWeight * share) return fact.rate
    }
    return 0
  })
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function quotient(value: number, divisor: number): number {
  return divisor === 0 ? 0 : Math.floor(value / divisor)
}

function least(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.min(...values)
}

function most(values: readonly number[]): number {
  return Math.max(0, ...values)
}

/** Of an even number, the mean of the middle two, cut. [Core CalculateTruncatedMedian] */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = Math.floor(sorted.length / 2)
  if (sorted.length === 0) return 0
  return sorted.length % 2 === 1 ? sorted[middle]! : Math.floor((sorted[middle - 1]! + sorted[middle]!) / 2)
}
