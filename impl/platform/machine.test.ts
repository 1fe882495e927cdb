import { expect, test } from 'vitest'
import { entropy, machine } from './machine.ts'

test('entropy lies in [0, 1), spreads evenly and does not repeat', () => {
  const drawn = Array.from({ length: 4000 }, entropy)
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...drawn)).toBeLessThan(1)
  expect(new Set(drawn).size).toBe(drawn.length)
  // Twelve standard deviations of a fair draw on either side.
  for (const quarter of [0, 0.25, 0.5, 0.75]) {
    const share = drawn.filter((value) => value >= quarter && value < quarter + 0.25).length
    expect(Math.abs(share - 1000)).toBeLessThan(330)
  }
})

test('secrets are compared, whatever their lengths', () => {
  expect(machine.isSameSecret('a:b', 'a:b')).toBe(true)
  for (const other of ['a:c', 'a:bb', '', 'A:b']) expect(machine.isSameSecret('a:b', other)).toBe(false)
})
