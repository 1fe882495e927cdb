import { expect, it } from 'vitest'
import { hash } from '../../vocabulary/index.ts'
import { LIMITS, verdict } from '../testing.ts'
import { noOverwrite } from './no-overwrite.ts'

it('stops an output in whose way an unspent coin stands', () => {
  const overwritten = { txid: hash('11'.repeat(32)), index: 0 }
  expect(verdict(noOverwrite.check({ overwritten: undefined }, LIMITS))).toBe('kept')
  expect(verdict(noOverwrite.check({ overwritten }, LIMITS))).toBe('broken')
})
