import { expect, test } from 'vitest'
import { connectedAt } from './update-tip.ts'

const LOG = [
  "2026-11-22T18:48:29.447393Z UpdateTip: new best=4a height=23 version=0x20000000 date='2020-09-13T12:26:40Z'",
  "2026-11-22T18:48:30.000007Z UpdateTip: new best=7e height=230 version=0x20000000 date='2020-09-13T12:36:40Z'",
].join('\n')

test('reads when a block became the tip, to the microsecond', () => {
  expect(connectedAt(LOG, 230) - connectedAt(LOG, 23)).toBe(552_614)
})

test('says which block is missing', () => {
  expect(() => connectedAt(LOG, 2)).toThrow('bitcoind did not connect block 2')
})
