import { expect, it } from 'vitest'
import { plotSvg } from './plot.ts'

const plot = {
  title: 'a < b & "c"',
  x: { label: 'n', scale: 'linear' as const },
  y: { label: 'p', scale: 'log' as const },
  series: [
    { label: 'q', kind: 'line' as const, points: [1, 2, 3].map((x) => ({ x, y: 10 ** -x })) },
    { label: 'q', kind: 'points' as const, points: [{ x: 2, y: 0.01, low: 0.005, high: 0.02 }] },
    { label: 'zero', kind: 'points' as const, points: [{ x: 3, y: 0 }] },
  ],
}

it('draws lines, points with their intervals, and a legend of each label', () => {
  const svg = plotSvg(plot)
  expect(svg).toContain('<title>a &lt; b &amp; &quot;c&quot;</title>')
  expect(svg.match(/<path /g)).toHaveLength(1)
  expect(svg.match(/ r="3"/g)).toHaveLength(1)
  expect(svg.match(/ r="4"/g)).toHaveLength(2)
  expect(svg).not.toMatch(/NaN|Infinity/)
})

it('places a point on the line that goes through it', () => {
  const svg = plotSvg(plot)
  const [, x, y] = /<circle cx="([\d.]+)" cy="([\d.]+)" r="3"/.exec(svg)!
  const path = /<path d="([^"]+)"/.exec(svg)![1]!
  const second = path.split('L')[1]!.split(',').map(Number)
  expect(second[0]).toBeCloseTo(Number(x), 0)
  expect(second[1]).toBeCloseTo(Number(y), 0)
})

it('draws nothing but its axes without points', () => {
  expect(plotSvg({ ...plot, series: [] })).not.toMatch(/NaN|<circle/)
})
