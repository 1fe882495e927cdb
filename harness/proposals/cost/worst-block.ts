import {
  encodeTransaction,
  inputSigops,
  strippedSize,
  type Transaction,
  UPGRADES,
  type Upgrade,
} from '../../../spec/index.ts'
import { brokenRule } from '../../adapters/index.ts'
import { type Candidate, candidatesFor, KNOWN, type Spend } from './candidates.ts'
import { type Metered, meterTransaction } from './meter.ts'
import { combine, NO_WORK, type Prices, secondsOf, type Work } from './work.ts'

/** The slowest block that was found, and what it consists of. */
export interface WorstBlock {
  readonly seconds: number
  readonly work: Work
  /** What its inputs do. */
  readonly found: string
  readonly times: number
  readonly inputs: number
  readonly transactions: number
}

/** The slowest blocks found under today's rules and with the draft; what was tried is all that is known. */
export interface CostReport {
  readonly before: WorstBlock
  readonly after: WorstBlock
  readonly tried: number
  readonly prices: Prices
}

/** Blocks have room for a coinbase besides. [BIP141] */
const WEIGHT_MAX = 4_000_000 - 4000
const SIGOPS_COST_MAX = 80_000
const INPUTS = [1, 2, 5, 13, 40, 120, 400, 1200, 4000, 12_000, 24_000]
/** How many candidates are looked at closely: those that seem the slowest by weight. */
const FINALISTS = 5

/** Searches for the slowest block of equal transactions, under today's rules and with the draft. */
export function findWorstBlocks(draft: Upgrade, prices: Prices, seed: number): CostReport {
  const candidates = [...candidatesFor(draft, seed)]
  const before = today
  // Where a draft forbids nothing at the machine's own points, scripts that leave its places alone work as ever.
  const isMachineChanged = draft.extension?.constraints !== undefined
  const changed = meterUnder([...UPGRADES, draft])
  const after: Meter = (candidate, inputs, times) =>
    KNOWN.includes(candidate) && !isMachineChanged
      ? before(candidate, inputs, times)
      : changed(candidate, inputs, times)
  return {
    before: worstOf(candidates, before, undefined, prices),
    after: worstOf(candidates, after, draft, prices),
    tried: candidates.length,
    prices,
  }
}

/** Under today's rules, shared by all drafts. */
const today = meterUnder(UPGRADES)

function meterSpend({ transaction, spentOutputs }: Spend, upgrades: readonly Upgrade[]): Metered {
  return meterTransaction(transaction, spentOutputs, upgrades)
}

type Meter = (candidate: Candidate, inputs: number, times: number) => Metered

/** A meter that remembers what it has measured: signatures take their time. */
function meterUnder(upgrades: readonly Upgrade[]): Meter {
  const known = new Map<string, Metered>()
  return (candidate, inputs, times) => {
    const key = `${inputs} ${times} ${candidate.name}`
    const metered = known.get(key) ?? meterSpend(candidate.spend(inputs, times), upgrades)
    known.set(key, metered)
    return metered
  }
}

function worstOf(
  candidates: readonly Candidate[],
  meter: Meter,
  draft: Upgrade | undefined,
  prices: Prices,
): WorstBlock {
  const finalists = candidates
    .flatMap((candidate) => {
      const spend = candidate.spend(1, 1)
      const { error, work } = meter(candidate, 1, 1)
      if (error !== 'OK') return []
      return [{ candidate, rate: secondsOf(work, prices) / weightOf(spend.transaction) }]
    })
    .sort((left, right) => right.rate - left.rate)
    .slice(0, FINALISTS)
  return finalists
    .flatMap(({ candidate }) => blocksOf(candidate, meter, draft, prices))
    .reduce((worst, block) => (block.seconds > worst.seconds ? block : worst), EMPTY)
}

const EMPTY: WorstBlock = {
  seconds: 0,
  work: NO_WORK,
  found: 'nothing that is valid',
  times: 0,
  inputs: 0,
  transactions: 0,
}

/** Blocks full of a candidate, with few and with many inputs to a transaction. */
function blocksOf(
  candidate: Candidate,
  meter: Meter,
  draft: Upgrade | undefined,
  prices: Prices,
): readonly WorstBlock[] {
  const workAt = (inputs: number, times: number) => meter(candidate, inputs, times)
  const times = candidate.times.find((count) => workAt(1, count).error === 'OK')
  if (times === undefined) return []
  const workOf = candidate.isManifold
    ? interpolate([1, 2, 3].map((inputs) => workAt(inputs, times).work))
    : () => workAt(1, times).work
  const least =
    weightOf(candidate.spend(2, times).transaction) - weightOf(candidate.spend(1, times).transaction)
  return (candidate.isManifold ? INPUTS : [1]).flatMap((inputs) => {
    if (inputs * least > WEIGHT_MAX) return []
    const spend = candidate.spend(inputs, times)
    const transactions = fitting(spend)
    if (transactions < 1 || (draft !== undefined && isBroken(draft, spend))) return []
    const own = workOf(inputs)
    const work = combine(own, own, (count) => count * transactions)
    return [{ seconds: secondsOf(work, prices), work, found: candidate.name, times, inputs, transactions }]
  })
}

const isBroken = (draft: Upgrade, { transaction, spentOutputs }: Spend) =>
  brokenRule(draft, transaction, spentOutputs) !== undefined

/** How many such transactions a block has room for. */
function fitting({ transaction, spentOutputs }: Spend): number {
  const cost = transaction.inputs.reduce((sum, input, index) => {
    const [program] = spentOutputs[index]!.script
    const script = program === 0 ? input.witness.at(-1) : undefined
    return script === undefined ? sum : sum + inputSigops(input, { ...spentOutputs[index]!, script })
  }, 0)
  return Math.floor(
    Math.min(
      WEIGHT_MAX / weightOf(transaction),
      cost === 0 ? Number.POSITIVE_INFINITY : SIGOPS_COST_MAX / cost,
    ),
  )
}

function weightOf(transaction: Transaction): number {
  return 3 * strippedSize(transaction) + encodeTransaction(transaction).length
}

/** The work of a transaction of any number of inputs: each input hashes what all inputs are, so it grows with the square. */
function interpolate([first, second, third]: readonly Work[]): (inputs: number) => Work {
  const bend = combine(
    combine(third!, first!, (a, b) => a + b),
    second!,
    (sum, middle) => (sum - 2 * middle) / 2,
  )
  const slope = combine(
    combine(second!, first!, (a, b) => a - b),
    bend,
    (step, square) => step - 3 * square,
  )
  const rest = combine(
    combine(first!, slope, (a, b) => a - b),
    bend,
    (left, square) => left - square,
  )
  return (inputs) =>
    combine(
      combine(rest, slope, (a, b) => a + b * inputs),
      bend,
      (sum, square) => sum + square * inputs ** 2,
    )
}
