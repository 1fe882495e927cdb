import { expect, test } from 'vitest'
import { isOver, timeLimit } from './time-limit.ts'

test('the time begins with the first case, whatever passed before it, and for all threads at once', () => {
  const limit = timeLimit(100)
  const elsewhere = { ...limit }
  expect(isOver(limit, 5000)).toBe(false)
  expect(isOver(elsewhere, 5099)).toBe(false)
  expect(isOver(elsewhere, 5100)).toBe(true)
  expect(isOver(limit, 5100)).toBe(true)
})

test('the first case is judged however little time there is', () => {
  expect(isOver(timeLimit(0), 5000)).toBe(false)
})

test('without a limit it is never over', () => {
  const limit = timeLimit(Number.POSITIVE_INFINITY)
  isOver(limit, 1)
  expect(isOver(limit, 1e15)).toBe(false)
})
