import { expect, it } from 'vitest'
import { isTimeLock, lockDistance, type TransactionFacts } from './facts.ts'

const facts = (lockTime: number, sequence = 0xfffffffe): TransactionFacts => ({
  txid: '',
  version: 2,
  lockTime,
  inputs: [{ outpoint: 'x:0', sequence }],
  outputs: [],
})

it.each([
  [9, -0],
  [10, 1],
  [11, 2],
])('a lock at height %i in a block of height 10 is %i from open', (lockTime, distance) => {
  expect(lockDistance(facts(lockTime), 10, 1_600_000_000)).toBe(distance + 0)
})

it.each([
  [1_599_999_999, 0],
  [1_600_000_000, 1],
  [1_600_000_001, 2],
])('a lock at time %i after a median time of 1600000000 is %i from open', (lockTime, distance) => {
  expect(lockDistance(facts(lockTime), 10, 1_600_000_000)).toBe(distance)
  expect(isTimeLock(facts(lockTime))).toBe(true)
})

it('there is no lock without a lock time, nor where every sequence is final', () => {
  expect(lockDistance(facts(0), 10, 0)).toBeUndefined()
  expect(lockDistance(facts(99, 0xffffffff), 10, 0)).toBeUndefined()
})
