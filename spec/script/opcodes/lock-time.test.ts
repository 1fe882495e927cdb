import { describe, expect, it } from 'vitest'
import { outcomeOf, transactionOf } from '../testing.ts'

const features = new Set(['CHECKLOCKTIMEVERIFY', 'CHECKSEQUENCEVERIFY'])

describe('OP_CHECKLOCKTIMEVERIFY', () => {
  const against = (lockTime: number, operand: number, sequence = 0) =>
    outcomeOf(`${operand} CHECKLOCKTIMEVERIFY`, {
      features,
      transaction: transactionOf({ lockTime, sequence }),
    }).error

  it.each([
    [100, [99, 100, 101]],
    [500_000_001, [500_000_000, 500_000_001, 500_000_002]],
    [0xffffffff, [0xfffffffe, 0xffffffff, 0x100000000]],
  ])('lock time %d covers what is not later', (lockTime, [below, at, above]) => {
    expect([below!, at!, above!].map((operand) => against(lockTime, operand))).toEqual([
      'OK',
      'OK',
      'UNSATISFIED_LOCKTIME',
    ])
  })

  it('a height is no time', () => {
    expect(against(499_999_999, 499_999_999)).toBe('OK')
    expect(against(500_000_000, 499_999_999)).toBe('UNSATISFIED_LOCKTIME')
    expect(against(499_999_999, 500_000_000)).toBe('UNSATISFIED_LOCKTIME')
  })

  it('a final input switches the lock off', () => {
    expect([0xfffffffe, 0xffffffff].map((sequence) => against(100, 100, sequence))).toEqual([
      'OK',
      'UNSATISFIED_LOCKTIME',
    ])
  })

  it('operands have five bytes and are not negative; they stay', () => {
    const end = (script: string) =>
      outcomeOf(script, { features, transaction: transactionOf({ lockTime: 9, sequence: 0 }) })
    expect(end('CHECKLOCKTIMEVERIFY').error).toBe('INVALID_STACK_OPERATION')
    expect(end('-1 CHECKLOCKTIMEVERIFY').error).toBe('NEGATIVE_LOCKTIME')
    expect(end('<000000000000> CHECKLOCKTIMEVERIFY').error).toBe('SCRIPTNUM')
    expect(end('<0900000000> CHECKLOCKTIMEVERIFY')).toEqual({ error: 'OK', stack: ['0900000000'] })
  })

  it('is a NOP where it is not switched on', () => {
    expect(outcomeOf('CHECKLOCKTIMEVERIFY CHECKSEQUENCEVERIFY').error).toBe('OK')
  })
})

describe('OP_CHECKSEQUENCEVERIFY', () => {
  const against = (sequence: number, operand: number, version = 2) =>
    outcomeOf(`${operand} CHECKSEQUENCEVERIFY`, {
      features,
      transaction: transactionOf({ sequence, version }),
    }).error
  const TIME = 1 << 22

  it.each([
    [10, [9, 10, 11]],
    [TIME + 10, [TIME + 9, TIME + 10, TIME + 11]],
  ])('sequence %d covers what is not longer', (sequence, operands) => {
    expect(operands.map((operand) => against(sequence, operand))).toEqual([
      'OK',
      'OK',
      'UNSATISFIED_LOCKTIME',
    ])
  })

  it('blocks are no seconds', () => {
    expect([against(10, TIME + 10), against(TIME + 10, 10)]).toEqual([
      'UNSATISFIED_LOCKTIME',
      'UNSATISFIED_LOCKTIME',
    ])
  })

  it('bits without a meaning are not compared', () => {
    expect(against(10, 0x10000 + 10)).toBe('OK')
  })

  it('an operand with the disable bit asks for nothing, a sequence with it satisfies nothing', () => {
    expect(against(0xffffffff, 2 ** 31)).toBe('OK')
    expect(against(0xffffffff, 2 ** 32 + 2 ** 31)).toBe('OK')
    expect(against(2 ** 31 + 10, 10)).toBe('UNSATISFIED_LOCKTIME')
  })

  it('the transaction says version 2 or higher, without a sign', () => {
    expect([0, 1, 2, 3, 0xffffffff].map((version) => against(10, 10, version))).toEqual([
      'UNSATISFIED_LOCKTIME',
      'UNSATISFIED_LOCKTIME',
      'OK',
      'OK',
      'OK',
    ])
  })
})
