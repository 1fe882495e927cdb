import { expect, it } from 'vitest'
import { output, transaction } from '../testing.ts'
import { outputsInOrder } from './outputs-in-order.ts'

it('sums up exactly, however far', () => {
  const large = 0x7fffffffffffffffn
  const outputs = [output(large), output(large), output(-1)]
  const totals = [...outputsInOrder(transaction({ outputs }))].map(({ totalSoFar }) => totalSoFar)
  expect(totals).toEqual([large, 2n * large, 2n * large - 1n])
})
