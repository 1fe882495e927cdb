import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { CaseResult } from '../../../reports/index.ts'
import { applyBaseline, type Baseline, baselineOf, NO_BASELINE, readBaseline } from './baseline.ts'

const failing: CaseResult = {
  id: 'a/b',
  title: 'a',
  status: 'fail',
  message: 'wrong',
  fingerprint: '0123456789abcdef',
}
const knowing = (entry: Partial<Baseline['failures'][number]> = {}): Baseline => ({
  format: 'touchstone-baseline/1',
  failures: [{ id: 'a/b', why: 'known', ...entry }],
})
const TODAY = '2026-02-01'
const applied = (result: CaseResult, baseline: Baseline) => {
  const { cases, notes } = applyBaseline([result], baseline, TODAY)
  return [cases[0]!.status, ...notes]
}

describe('a baseline', () => {
  it.each([
    ['without an end', {}, ['expected-failure']],
    ['until tomorrow', { until: '2026-02-02' }, ['expected-failure']],
    ['until today', { until: TODAY }, ['fail', 'baseline: a/b: expired on 2026-02-01']],
    ['of this failure', { fingerprint: '0123456789abcdef' }, ['expected-failure']],
    [
      'of another failure',
      { fingerprint: 'f'.repeat(16) },
      ['fail', 'baseline: a/b: another failure than the known one (0123456789abcdef, not ffffffffffffffff)'],
    ],
  ])('%s', (_, entry, expected) => expect(applied(failing, knowing(entry))).toEqual(expected))

  it('says what passes by now, and what no case is named', () => {
    expect(applied({ ...failing, status: 'pass' }, knowing())).toEqual([
      'pass',
      'baseline: a/b: it passes; take it out',
    ])
    expect(applied({ ...failing, id: 'c/d' }, knowing())).toEqual([
      'fail',
      'baseline: no case was judged by the name of a/b',
    ])
    expect(applied({ ...failing, status: 'abstain' }, knowing())).toEqual(['abstain'])
  })

  it('is written from what fails, and then knows exactly that', () => {
    const written = baselineOf([failing, { ...failing, id: 'c/d', status: 'pass' }], NO_BASELINE)
    expect(written.failures).toEqual([{ id: 'a/b', why: 'wrong', fingerprint: '0123456789abcdef' }])
    expect(applied(failing, written)).toEqual(['expected-failure'])
    expect(applied({ ...failing, fingerprint: 'e'.repeat(16) }, written)[0]).toBe('fail')
  })

  it('keeps why, and until when, if it is written again', () => {
    const older = knowing({ until: '2027-01-01' })
    const { cases } = applyBaseline([failing], older, TODAY)
    expect(baselineOf(cases, older).failures[0]).toMatchObject({ why: 'known', until: '2027-01-01' })
  })
})

describe('the file of a baseline', () => {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-baseline-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  it.each([
    ['no JSON', 'taproot', 'not JSON: '],
    ['a key twice', '{"format":"touchstone-baseline/1","failures":[],"failures":[]}', 'failures: the key is'],
    [
      'an entry twice',
      JSON.stringify({
        ...NO_BASELINE,
        failures: [
          { id: 'x', why: 'y' },
          { id: 'x', why: 'z' },
        ],
      }),
      'failures.1.id: x is there twice',
    ],
    [
      'a day that no calendar has',
      JSON.stringify({ ...NO_BASELINE, failures: [{ id: 'x', why: 'y', until: '2026-02-30' }] }),
      'failures.0.until: expected YYYY-MM-DD',
    ],
    ['no reason', JSON.stringify({ ...NO_BASELINE, failures: [{ id: 'x' }] }), 'failures.0.why: '],
  ])('with %s is refused in one line', (name, text, message) => {
    const file = join(folder, `${name}.json`)
    writeFileSync(file, text)
    expect(() => readBaseline(file)).toThrow(`${file}: ${message}`)
  })
})
