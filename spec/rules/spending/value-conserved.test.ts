import { expect, it } from 'vitest'
import { LIMITS, output, transaction, verdict } from '../testing.ts'
import { valueConserved } from './value-conserved.ts'

it.each([
  [29, 'kept'],
  [30, 'kept'],
  [31, 'broken'],
])('inputs of 30 and outputs of %i', (out, expected) => {
  const subject = {
    transaction: transaction({ outputs: [output(9), output(out - 9)] }),
    spentOutputs: [output(10), output(20)],
  }
  expect(verdict(valueConserved.check(subject, LIMITS))).toBe(expected)
})
