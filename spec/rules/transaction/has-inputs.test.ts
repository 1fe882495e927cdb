import { expect, it } from 'vitest'
import { LIMITS, transaction, verdict } from '../testing.ts'
import { hasInputs } from './has-inputs.ts'

it('asks for an input', () => {
  expect(verdict(hasInputs.check(transaction(), LIMITS))).toBe('kept')
  expect(verdict(hasInputs.check(transaction({ inputs: [] }), LIMITS))).toBe('broken')
})
