import { describe, expect, it } from 'vitest'
import { height } from '../../vocabulary/index.ts'
import { branch, input, LIMITS, transaction, verdict } from '../testing.ts'
import { finalByBlockTime, finalByMedianTime } from './final.ts'

const THRESHOLD = 500_000_000
const OPEN = [input({ sequence: 0xfffffffe }), input({ index: 1 })]
const FINAL = [input(), input({ index: 1 })]
/** At height 100, on blocks whose last three have a median time 60 above the threshold and end 90 above it. */
const limits = { ...LIMITS, medianTimeSpanBlocks: 3 }
const parent = branch([900, 10, 60, 90].map((time) => THRESHOLD + time))
const at = { height: height(100), parent, blockTime: THRESHOLD + 80 }

describe.each([
  ['block time', finalByBlockTime, 80],
  ['median time', finalByMedianTime, 60],
])('final by %s', (_, rule, time) => {
  const check = (lockTime: number, inputs = OPEN) =>
    verdict(rule.check({ ...at, transaction: transaction({ lockTime, inputs }) }, limits))
  it.each([
    ['none', 0, 'kept'],
    ['height before', 99, 'kept'],
    ['height itself', 100, 'broken'],
    ['height after', 101, 'broken'],
    ['last height there is', THRESHOLD - 1, 'broken'],
    ['first time there is', THRESHOLD, 'kept'],
    ['second before', THRESHOLD + time - 1, 'kept'],
    ['second itself', THRESHOLD + time, 'broken'],
    ['second after', THRESHOLD + time + 1, 'broken'],
  ])('a lock time of %s', (_name, lockTime, expected) => expect(check(lockTime)).toBe(expected))
  it('asks nothing when all inputs are final', () => expect(check(101, FINAL)).toBe('kept'))
  it('is premature for an unconfirmed transaction', () => {
    expect(rule.unconfirmed).toEqual({ reason: 'non-final', rejection: 'premature' })
  })
})
