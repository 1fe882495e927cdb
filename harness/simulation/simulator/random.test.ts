import { expect, it } from 'vitest'
import { createStream } from './random.ts'

const draws = (seed: number, name: 'network' | 'disk', owner = '') => {
  const stream = createStream(seed, name, owner)
  return Array.from({ length: 8 }, () => stream.integer(1_000_000))
}

it('is a function of seed, name and owner alone', () => {
  expect(draws(7, 'network')).toEqual(draws(7, 'network'))
  const others = [
    draws(8, 'network'),
    draws(7, 'disk'),
    draws(7, 'network', 'n1'),
    draws(7 + 2 ** 32, 'network'),
  ]
  for (const other of others) expect(other).not.toEqual(draws(7, 'network'))
})

it('draws evenly', () => {
  const stream = createStream(1, 'mining')
  const counts = Array(10).fill(0)
  for (let draw = 0; draw < 10_000; draw++) counts[stream.integer(10)]++
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150)
})
