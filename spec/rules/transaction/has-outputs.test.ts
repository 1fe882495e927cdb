import { expect, it } from 'vitest'
import { LIMITS, transaction, verdict } from '../testing.ts'
import { hasOutputs } from './has-outputs.ts'

it('asks for an output', () => {
  expect(verdict(hasOutputs.check(transaction(), LIMITS))).toBe('kept')
  expect(verdict(hasOutputs.check(transaction({ outputs: [] }), LIMITS))).toBe('broken')
})
