import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../testing.ts'
import { arithmeticOpcodes } from './arithmetic.ts'

const RESULTS: Record<string, [[string, string], ...[string, string][]]> = {
  '1ADD': [
    ['5', '06'],
    ['-1', ''],
    ['2147483647', '0000008000'],
  ],
  '1SUB': [
    ['5', '04'],
    ['0', '81'],
  ],
  NEGATE: [
    ['5', '85'],
    ['0', ''],
  ],
  ABS: [
    ['-5', '05'],
    ['5', '05'],
  ],
  NOT: [
    ['0', '01'],
    ['1', ''],
    ['2', ''],
  ],
  '0NOTEQUAL': [
    ['0', ''],
    ['2', '01'],
  ],
  ADD: [
    ['5 6', '0b'],
    ['2147483647 2147483647', 'feffffff00'],
  ],
  SUB: [['5 6', '81']],
  BOOLAND: [
    ['1 2', '01'],
    ['1 0', ''],
    ['0 1', ''],
  ],
  BOOLOR: [
    ['0 2', '01'],
    ['2 0', '01'],
    ['0 0', ''],
  ],
  NUMEQUAL: [
    ['5 5', '01'],
    ['5 6', ''],
    ['5 <0500>', '01'],
  ],
  NUMNOTEQUAL: [
    ['5 5', ''],
    ['5 6', '01'],
  ],
  LESSTHAN: [
    ['5 6', '01'],
    ['6 6', ''],
    ['7 6', ''],
  ],
  GREATERTHAN: [
    ['5 6', ''],
    ['6 6', ''],
    ['7 6', '01'],
  ],
  LESSTHANOREQUAL: [
    ['5 6', '01'],
    ['6 6', '01'],
    ['7 6', ''],
  ],
  GREATERTHANOREQUAL: [
    ['5 6', ''],
    ['6 6', '01'],
    ['7 6', '01'],
  ],
  MIN: [
    ['5 6', '05'],
    ['6 5', '05'],
  ],
  MAX: [
    ['5 6', '06'],
    ['6 5', '06'],
  ],
  WITHIN: [
    ['4 5 8', ''],
    ['5 5 8', '01'],
    ['7 5 8', '01'],
    ['8 5 8', ''],
  ],
}

describe('arithmetic', () => {
  const rows = Object.entries(RESULTS).flatMap(([name, results]) =>
    results.map((row) => [name, ...row] as const),
  )

  it.each(rows)('OP_%s of %s is %s', (name, numbers, result) => {
    expect(outcomeOf(`${numbers} ${name}`)).toEqual({ error: 'OK', stack: [result] })
  })

  it('none is forgotten', () => {
    const names = arithmeticOpcodes.map(({ name }) => name.slice(3))
    expect(names.sort()).toEqual([...Object.keys(RESULTS), 'NUMEQUALVERIFY'].sort())
  })

  it.each(Object.entries(RESULTS))('OP_%s asks for its numbers, of four bytes', (name, [[numbers]]) => {
    const less = numbers.split(' ').slice(1).join(' ')
    expect(outcomeOf(`${less} ${name}`).error).toBe('INVALID_STACK_OPERATION')
    expect(outcomeOf(`${less} <0000000000> ${name}`).error).toBe('SCRIPTNUM')
  })

  it('OP_NUMEQUALVERIFY leaves nothing', () => {
    expect(outcomeOf('5 5 NUMEQUALVERIFY')).toEqual({ error: 'OK', stack: [] })
    expect(outcomeOf('5 6 NUMEQUALVERIFY').error).toBe('NUMEQUALVERIFY')
  })

  it('numbers that are not minimal are policy', () => {
    expect(outcomeOf('<0500> 1ADD').error).toBe('OK')
    expect(outcomeOf('<0500> 1ADD', { features: new Set(['MINIMALDATA']) }).error).toBe('SCRIPTNUM')
  })
})
