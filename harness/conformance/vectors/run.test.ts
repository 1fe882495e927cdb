import { describe, expect, it } from 'vitest'
import { Abstention } from '../../adapters/index.ts'
import type { Engine } from '../../ports/index.ts'
import { tableOf, type VectorSet, type VectorVerdict } from './format.ts'
import { LEFT_OUT, mergeSlices, runSlice, statusOf } from './run.ts'

const engine = {} as Engine

function setOf(verdicts: readonly (() => VectorVerdict)[], comments = 0): VectorSet {
  const cases = verdicts.map((run, index) => ({ id: String(index), run }))
  return {
    files: ['a/b'],
    sources: ['a/b'],
    format: 'f',
    isSequential: false,
    notes: [],
    abstention: () => undefined,
    table: () => ({ rows: cases.length + comments, comments, cases }),
  }
}

const pass = (): VectorVerdict => 'pass'
const slices = (set: VectorSet, parts: number) =>
  Array.from({ length: parts }, (_, part) => runSlice(set, engine, { part, parts }, () => 0))

describe('rows are passed, failed or skipped, and none is lost', () => {
  const set = setOf(
    [
      pass,
      () => ({ fail: 'f' }),
      () => ({ skip: 's' }),
      pass,
      () => {
        throw new Abstention('no such flag')
      },
      () => {
        throw new Error('boom')
      },
    ],
    2,
  )

  it.each([1, 2, 7])('in %i slices', (parts) => {
    expect(mergeSlices(set, slices(set, parts))).toMatchObject({
      rows: 8,
      comments: 2,
      passed: 2,
      failures: expect.arrayContaining([
        { id: '1', message: 'f' },
        { id: '5', message: 'threw boom' },
      ]),
      skipped: 2,
      skips: { s: 1, 'no such flag': 1 },
    })
  })

  it('what comes after the time for it is left out, and counted', () => {
    let now = 0
    const late = runSlice(set, engine, { part: 0, parts: 1 }, () => now++, { isLate: () => now++ >= 4 })
    expect(late).toMatchObject({ passed: 1, skipped: 4, skips: { s: 1, [LEFT_OUT]: 3 } })
    expect(late.failures.length + late.passed + late.skipped).toBe(6)
  })

  it('a slice that is lost is reported', () => {
    expect(() => mergeSlices(set, slices(set, 3).slice(1))).toThrow(
      '8 rows, 2 of them comments, but 4 judged',
    )
  })

  it('a table names the row that it cannot read', () => {
    const read = (row: number) => {
      if (row === 2) throw new Error('two')
      return { id: String(row), run: pass }
    }
    expect(() => tableOf([1, 2], read, { place: 'line', first: 2 })).toThrow('line 3: two')
  })
})

it('nothing but skips is no pass', () => {
  const status = (...verdicts: VectorVerdict[]) => {
    const set = setOf(verdicts.map((verdict) => () => verdict))
    return statusOf(mergeSlices(set, slices(set, 1)))
  }
  expect(status('pass', { skip: '' })).toBe('pass')
  expect(status({ skip: '' }, { skip: '' })).toBe('skipped')
  expect(status({ skip: '' }, { fail: '' })).toBe('fail')
})
