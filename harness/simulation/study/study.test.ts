import { describe, expect, it } from 'vitest'
import { runStudy, STUDIES } from './index.ts'
import { deckerWattenhofer } from './studies/decker-wattenhofer.ts'
import { nakamoto, rosenfeld } from './studies/double-spend.ts'
import { growth } from './studies/limits.ts'
import { fixedPoint } from './studies/retarget.ts'
import { eyalSirer, selfishThreshold } from './studies/selfish-mining.ts'
import { staleFirstOrder } from './studies/stale-share.ts'

const percent = (value: number) => (100 * value).toFixed(3)

describe('formulas give the published digits', () => {
  it.each([
    [0.1, ['20.000', '5.600', '1.712', '0.546', '0.178', '0.059', '0.007', '0.001']],
    [0.2, ['40.000', '20.800', '11.584', '6.669', '3.916', '2.331', '0.848', '0.316']],
    [0.3, ['60.000', '43.200', '32.616', '25.207', '19.762', '15.645', '10.003', '6.511']],
    [0.4, ['80.000', '70.400', '63.488', '57.958', '53.314', '49.300', '42.621', '37.218']],
  ])('Rosenfeld, q = %s', (q, published) => {
    expect([1, 2, 3, 4, 5, 6, 8, 10].map((n) => percent(rosenfeld({ q, n })))).toEqual(published)
  })
  it('Nakamoto', () => {
    const digits = (q: number, counts: readonly number[]) => counts.map((n) => nakamoto({ q, n }).toFixed(7))
    expect(digits(0.1, [0, 1, 2, 3, 4, 5, 6])).toEqual([
      '1.0000000',
      '0.2045873',
      '0.0509779',
      '0.0131722',
      '0.0034552',
      '0.0009137',
      '0.0002428',
    ])
    expect(digits(0.3, [5, 10])).toEqual(['0.1773523', '0.0416605'])
  })
  it('Eyal and Sirer', () => {
    const revenue = (share: number, gamma: number) => eyalSirer({ share, gamma }).toFixed(5)
    expect([revenue(0.4, 0), revenue(0.4, 0.5), revenue(1 / 3, 0), revenue(0.25, 0.5)]).toEqual([
      '0.48372',
      '0.52558',
      '0.33333',
      '0.25000',
    ])
    expect([0, 0.5, 1].map(selfishThreshold)).toEqual([1 / 3, 0.25, 0])
  })
  it('Decker and Wattenhofer, retarget, stale share, growth of the book', () => {
    expect(percent(deckerWattenhofer({ interval: 633.68, delay: 11.37 }))).toMatch(/^1\.78/)
    expect(fixedPoint({ intervals: 2015, spacing: 600 }).toFixed(3)).toBe('600.298')
    expect(staleFirstOrder({ interval: 600, delay: 6 }, [0.5, 0.5])).toBeCloseTo(0.005, 12)
    expect((growth(2000) / 1e12).toFixed(0)).toBe('29')
  })
})

describe.each(STUDIES.map((study) => [study.name, study] as const))('the study %s', (_, study) => {
  const result = runStudy(study, 1)
  it('finds what theory expects', () => {
    expect(result.cells.filter(({ verdict }) => verdict === 'fail')).toEqual([])
  })
  it('notices an error of 5 % in each parameter and in the formula', () => {
    expect(result.sensitivity.filter(({ red }) => red === 0)).toEqual([])
  })
})

describe('a study', () => {
  const retarget = STUDIES.find(({ name }) => name === 'retarget')!
  it('fails when its formula is wrong by 5 %', () => {
    const cells = retarget.cells.map((entry) => ({
      ...entry,
      expected: (parameters: typeof entry.parameters) => 1.05 * entry.expected(parameters),
    }))
    const { verdict, cells: results } = runStudy({ ...retarget, cells }, 1)
    expect(verdict).toBe('fail')
    expect(results.map((result) => result.verdict)).toEqual(['fail', 'fail'])
  })
  it('fails when it would not notice an error of 5 %', () => {
    const few = retarget.cells.map((entry) => ({
      ...entry,
      simulate: () => ({
        sample: { kind: 'mean', mean: 600.3, variance: 1e9, of: 100 } as const,
        events: 100,
      }),
    }))
    const { verdict, cells, sensitivity } = runStudy({ ...retarget, cells: few }, 1)
    expect(cells.every((result) => result.verdict === 'pass')).toBe(true)
    expect(sensitivity.every(({ red }) => red === 0)).toBe(true)
    expect(verdict).toBe('fail')
  })
})

it('a study is the same twice', () => {
  const study = STUDIES.find(({ name }) => name === 'retarget')!
  expect(runStudy(study, 7)).toEqual(runStudy(study, 7))
  expect(runStudy(study, 7).cells[0]!.found).not.toBe(runStudy(study, 8).cells[0]!.found)
})
