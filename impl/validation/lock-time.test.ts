import { describe, expect, test } from 'vitest'
import { testChain } from '../testing/chains.ts'
import { Forge } from '../testing/forge.ts'
import { crypto, TestChain } from '../testing/test-chain.ts'
import { hasNoSequenceLock, isFinal, isPastLock, sequenceLock } from './lock-time.ts'
import { medianTimePast } from './median-time.ts'

const chain = testChain(crypto)
const forge = new Forge(chain, crypto)
const transaction = (lockTime: number, sequence: number, version = 2) =>
  forge.transaction({
    version,
    lockTime,
    inputs: [{ prevTxid: new Uint8Array(32), prevIndex: 0, scriptSig: new Uint8Array(0), sequence }],
  })

describe('a lock time', () => {
  test.each([
    [100, 99, false],
    [100, 100, false],
    [100, 101, true],
    [0, 0, true],
    [499_999_999, 499_999_999, false],
    [499_999_999, 500_000_000, true],
  ])('of height %d in a block of height %d', (lockTime, height, expected) => {
    expect(isFinal(transaction(lockTime, 0), height, 2_000_000_000)).toBe(expected)
  })

  test.each([
    [500_000_000, 500_000_000, false],
    [500_000_000, 500_000_001, true],
    [1_600_000_000, 1_599_999_999, false],
    [1_600_000_000, 1_600_000_000, false],
    [1_600_000_000, 1_600_000_001, true],
  ])('of time %d when the clock shows %d', (lockTime, time, expected) => {
    expect(isFinal(transaction(lockTime, 0), 2 ** 31, time)).toBe(expected)
  })

  test('binds no transaction whose inputs are all final', () => {
    expect(isFinal(transaction(100, 0xffffffff), 1, 1)).toBe(true)
    expect(isFinal(transaction(100, 0xfffffffe), 1, 1)).toBe(false)
  })
})

describe('a relative lock', () => {
  const node = new TestChain(chain)
  node.mineMany(40)
  const parent = node.tip
  const span = chain.limits.medianTimeSpan
  const isOpen = (sequence: number, coinHeight: number, version = 2) =>
    isPastLock(
      sequenceLock(transaction(0, sequence, version), () => coinHeight, parent, span),
      parent,
      span,
    )

  test('of n blocks opens n blocks after the coin', () => {
    expect([31, 30, 29].map((height) => isOpen(11, height))).toEqual([false, true, true])
    expect(isOpen(0, 41)).toBe(true)
    expect(isOpen(1, 41)).toBe(false)
  })

  test('of time counts units of 512 seconds from the median before the coin', () => {
    const clock = medianTimePast(parent, span)
    const start = medianTimePast(parent.ancestor(19), span)
    const units = Math.floor((clock - start) / 512)
    expect([units, units + 1].map((n) => isOpen(0x400000 | n, 20))).toEqual([true, false])
    expect(isOpen(0x400000, 0)).toBe(true)
  })

  test('is off by its flag, and for version 1; a version is unsigned', () => {
    expect(isOpen(0x80000000 | 0xffff, 40)).toBe(true)
    expect(isOpen(0xffff, 40, 1)).toBe(true)
    expect(isOpen(0xffff, 40, 0xffffffff)).toBe(false)
  })

  test('is known to be absent without looking at coins', () => {
    expect(hasNoSequenceLock(transaction(0, 0xffffffff))).toBe(true)
    expect(hasNoSequenceLock(transaction(0, 0x80000000))).toBe(true)
    expect(hasNoSequenceLock(transaction(0, 0x7fffffff))).toBe(false)
    expect(hasNoSequenceLock(transaction(0, 0, 1))).toBe(true)
  })
})
