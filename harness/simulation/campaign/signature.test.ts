import { expect, it } from 'vitest'
import type { SimulationResult } from '../run/world.ts'
import { signatureOf } from './signature.ts'

const failure = (oracle: string, expected: string, actual: string): SimulationResult => ({
  outcome: 'fail',
  divergence: { type: 'divergence', at: 7, event: 3, oracle, expected, actual, text: '' },
  expectations: [],
  events: 3,
  blocks: 1,
  eventHash: '',
  virtualMs: 7,
  marks: [],
})

it('is the same for the same fault by other names and numbers', () => {
  const first = signatureOf(failure('verdict', 'connected', 'rejected (invalid, bad-version(0x00000001))'))
  const second = signatureOf(failure('verdict', 'connected', 'rejected (invalid, bad-version(0x00000003))'))
  expect(first).toBe('verdict: expected connected, got rejected (invalid, bad-version(#))')
  expect(second).toBe(first)
  expect(signatureOf(failure('digest', 'ab', 'cd'))).toBe(signatureOf(failure('digest', 'ef', '01')))
})

it('distinguishes other verdicts, other watchers and other exceptions', () => {
  const stack = (what: string, where: string) =>
    failure('exception', 'no exception', `${what}\n    at ${where} (file:///x.js:1:2)`)
  const all = [
    failure('verdict', 'connected', 'stored'),
    failure('verdict', 'stored', 'connected'),
    failure('tip', 'b1', 'b2'),
    stack('TypeError: no x', 'connect'),
    stack('TypeError: no x', 'announce'),
  ].map(signatureOf)
  expect(new Set(all).size).toBe(all.length)
  expect(all[3]).toBe('exception: TypeError: no x in connect')
})

it('is nothing where nothing failed', () => {
  expect(signatureOf({ ...failure('tip', '', ''), outcome: 'pass' })).toBeUndefined()
})
