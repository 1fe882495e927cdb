import { describe, expect, it } from 'vitest'
import { height } from '../../vocabulary/index.ts'
import { branch, coin, input, LIMITS, transaction, verdict } from '../testing.ts'
import { relativeLock } from './relative-lock.ts'

const IN_TIME = 1 << 22
const DISABLED = 2 ** 31
/** A block each 512 seconds from 0 on, up to height 40: a median time past is the time of the block five deeper. */
const parent = branch(Array.from({ length: 41 }, (_, at) => at * 512))
const limits = { ...LIMITS, medianTimeSpanBlocks: 11 }

function check(sequence: number, coinHeight: number, changes: { version?: number } = {}) {
  const spender = transaction({ inputs: [input(), input({ index: 1, sequence })], ...changes })
  const coins = [coin({ height: 41 }), coin({ height: coinHeight })]
  return verdict(relativeLock.check({ transaction: spender, coins, parent, spendHeight: height(41) }, limits))
}

describe('relative lock', () => {
  it.each([
    [9, 'kept'],
    [10, 'kept'],
    [11, 'broken'],
  ])('%i blocks, a coin ten deep', (blocks, expected) => expect(check(blocks, 31)).toBe(expected))
  it('counts from the median time under the block of the coin', () => {
    // The tip's is that of block 35; under block 31, on block 30, it is that of block 25.
    expect([9, 10, 11].map((units) => check(IN_TIME + units, 31))).toEqual(['kept', 'kept', 'broken'])
  })
  it('counts over as many blocks as the chain says', () => {
    const odd = branch([0, 9999, 512, 1024, 2000])
    const asks = (units: number) => {
      const spender = transaction({ inputs: [input({ sequence: IN_TIME + units })] })
      const subject = {
        transaction: spender,
        coins: [coin({ height: 1 })],
        parent: odd,
        spendHeight: height(5),
      }
      return verdict(relativeLock.check(subject, { ...LIMITS, medianTimeSpanBlocks: 3 }))
    }
    expect([asks(2), asks(3)]).toEqual(['kept', 'broken'])
  })
  it('is off with the highest bit', () => expect(check(DISABLED + 11, 31)).toBe('kept'))
  it('ignores the bits that mean nothing', () => {
    expect([check(0x10000 + 10, 31), check(0x10000 + 11, 31)]).toEqual(['kept', 'broken'])
  })
  it.each([
    [0, 'kept'],
    [1, 'kept'],
    [2, 'broken'],
    [3, 'broken'],
    [0xffffffff, 'broken'],
  ])('a transaction of version %i', (version, expected) => expect(check(11, 31, { version })).toBe(expected))
  it('treats the coin of block 0 and of block 1 alike', () => {
    expect([check(IN_TIME + 35, 0), check(IN_TIME + 36, 0)]).toEqual(['kept', 'broken'])
    expect([check(IN_TIME + 35, 1), check(IN_TIME + 36, 1)]).toEqual(['kept', 'broken'])
  })
  it('is premature for an unconfirmed transaction', () => {
    expect(relativeLock.unconfirmed).toEqual({ reason: 'non-BIP68-final', rejection: 'premature' })
  })
})
