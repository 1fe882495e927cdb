import type { Transaction } from '../wire/index.ts'
import { medianTimePast } from './median-time.ts'
import type { ChainLink } from './proof-of-work.ts'

/** Below it a lock time is a height, from it on a Unix time. [Core LOCKTIME_THRESHOLD] */
const LOCK_TIME_THRESHOLD = 500_000_000
const SEQUENCE_FINAL = 0xffffffff
const SEQUENCE_DISABLE = 0x80000000
const SEQUENCE_IS_TIME = 0x00400000
const SEQUENCE_MASK = 0x0000ffff
const SEQUENCE_TIME_SHIFT = 9

/** True when the transaction may stand in a block of this height whose lock-time clock shows `time`. [Core IsFinalTx] */
export function isFinal(transaction: Transaction, height: number, time: number): boolean {
  const { lockTime } = transaction
  if (lockTime === 0) return true
  if (lockTime < (lockTime < LOCK_TIME_THRESHOLD ? height : time)) return true
  for (const input of transaction.inputs) if (input.sequence !== SEQUENCE_FINAL) return false
  return true
}

/** The last height and the last median time at which a transaction is still locked by its sequences; -1 for none. */
export interface SequenceLock {
  readonly height: number
  readonly medianTime: number
}

/**
 * Relative locks of a transaction that is to follow `parent`. `coinHeight` says in which block the coin of an input
 * was made; a coin of the same block has the height of that block. [BIP68; Core CalculateSequenceLocks]
 */
export function sequenceLock(
  transaction: Transaction,
  coinHeight: (inputIndex: number) => number,
  parent: ChainLink,
  medianTimeSpan: number,
): SequenceLock {
  let height = -1
  let medianTime = -1
  if (transaction.version < 2) return { height, medianTime }
  for (let i = 0; i < transaction.inputs.length; i++) {
    const { sequence } = transaction.inputs[i]!
    if ((sequence & SEQUENCE_DISABLE) !== 0) continue
    const units = sequence & SEQUENCE_MASK
    const created = coinHeight(i)
    if ((sequence & SEQUENCE_IS_TIME) !== 0) {
      const before = parent.ancestor(Math.min(Math.max(created - 1, 0), parent.height))
      const start = medianTimePast(before, medianTimeSpan)
      medianTime = Math.max(medianTime, start + units * 2 ** SEQUENCE_TIME_SHIFT - 1)
    } else {
      height = Math.max(height, created + units - 1)
    }
  }
  return { height, medianTime }
}

/** True when a block that follows `parent` is past the lock. [Core EvaluateSequenceLocks] */
export function isPastLock(lock: SequenceLock, parent: ChainLink, medianTimeSpan: number): boolean {
  return (
    lock.height < parent.height + 1 &&
    (lock.medianTime === -1 || lock.medianTime < medianTimePast(parent, medianTimeSpan))
  )
}

/** True when no input can hold the transaction back. */
export function hasNoSequenceLock(transaction: Transaction): boolean {
  if (transaction.version < 2) return true
  for (const input of transaction.inputs) if ((input.sequence & SEQUENCE_DISABLE) === 0) return false
  return true
}
