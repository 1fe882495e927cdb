import type { Outcome } from '../../language/index.ts'
import { holds } from '../../language/index.ts'
import type { Transaction } from '../../vocabulary/index.ts'
import { medianTimePast } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { InclusionTime } from '../subjects.ts'

/** Lock times below this are heights, from it on Unix times. [Core script/script.h LOCKTIME_THRESHOLD] */
const LOCK_TIME_THRESHOLD = 500_000_000
/** An input of this sequence does not ask for the lock time. [Core CTxIn::SEQUENCE_FINAL] */
const FINAL_SEQUENCE = 0xffffffff

const UNCONFIRMED = { reason: 'non-final', rejection: 'premature' } as const

export const finalByBlockTime: ConsensusRule<InclusionTime> = rule({
  id: 'final-by-block-time',
  reason: 'bad-txns-nonfinal',
  must: "Before BIP113 is in force, a transaction's lock time MUST be 0, or below the height of its block if it is below 500,000,000, or else below the time of its block's header, unless all its inputs have sequence 0xffffffff.",
  sources: ['Core consensus/tx_verify.cpp IsFinalTx'],
  unconfirmed: UNCONFIRMED,
  check: ({ transaction, height, blockTime }) => checkFinal(transaction, height, blockTime),
})

export const finalByMedianTime: ConsensusRule<InclusionTime> = rule({
  id: 'final-by-median-time',
  reason: 'bad-txns-nonfinal',
  must: "Once BIP113 is in force, a transaction's lock time MUST be 0, or below the height of its block if it is below 500,000,000, or else below the median time past of the block's parent, unless all its inputs have sequence 0xffffffff.",
  sources: ['BIP113', 'Core consensus/tx_verify.cpp IsFinalTx'],
  limits: ['medianTimeSpanBlocks'],
  unconfirmed: UNCONFIRMED,
  check: ({ transaction, height, parent }, limits) =>
    checkFinal(transaction, height, medianTimePast(parent, limits.medianTimeSpanBlocks)),
})

function checkFinal({ lockTime, inputs }: Transaction, height: number, time: number): Outcome {
  const passed = lockTime < LOCK_TIME_THRESHOLD ? height : time
  const isFinal =
    lockTime === 0 || lockTime < passed || inputs.every((input) => input.sequence === FINAL_SEQUENCE)
  return holds(isFinal, `a lock time below ${passed}`, lockTime)
}
