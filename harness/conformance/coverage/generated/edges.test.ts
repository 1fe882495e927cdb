import { expect, it } from 'vitest'
import type { Limits } from '../../../../spec/index.ts'
import { FAULTS } from '../../../generators/index.ts'
import { listRules } from '../rules.ts'

const limits = {
  coinbaseMaturityBlocks: 100,
  maxMoneySats: 21n,
  medianTimeSpanBlocks: 11,
  maxFutureSeconds: 7200,
  maxBlockSigopsCost: 80,
  initialSubsidySats: 50n,
  halvingIntervalBlocks: 150,
} as unknown as Limits

const mature = (depth: number) => ({ coin: { isCoinbase: true, height: 7 }, spendHeight: 7 + depth })
const spending = (value: bigint) => ({
  transaction: { outputs: [{ value }] },
  spentOutputs: [{ value: 9n }],
})
const coinbase = (length: number) => ({
  inputs: [
    {
      outpoint: { txid: '00'.repeat(32), index: 0xffffffff },
      scriptSig: new Uint8Array(length),
      witness: [],
    },
  ],
  outputs: [],
})
const claiming = (value: bigint) => ({
  block: { transactions: [{ outputs: [{ value }] }] },
  height: 1,
  fees: 3n,
})

it.each<[string, (at: number) => unknown, inside: number, atLimit: number]>([
  ['coinbase-maturity', mature, 101, 100],
  ['output-not-negative', (value) => ({ value: BigInt(value), totalSoFar: BigInt(value) }), 1, 0],
  ['output-not-too-large', (value) => ({ value: BigInt(value), totalSoFar: 0n }), 20, 21],
  ['fee-in-range', (fee) => ({ fee: BigInt(fee) }), 20, 21],
  ['sigop-cost', (sigopCostSoFar) => ({ sigopCostSoFar }), 79, 80],
  ['time-not-in-future', (time) => ({ header: { time }, now: 1000 }), 8199, 8200],
  ['version-at-least-3', (version) => ({ header: { version } }), 4, 3],
  ['value-conserved', (value) => spending(BigInt(value)), 8, 9],
  ['coinbase-amount', (value) => claiming(BigInt(value)), 52, 53],
  ['coinbase-script-length', coinbase, 99, 100],
  ['coinbase-script-length', coinbase, 3, 2],
])('%s is met at its limit and nowhere inside', (id, subjectAt, inside, atLimit) => {
  const { rule } = listRules().find((entry) => entry.rule.id === id)!
  const isMet = (at: number) => {
    const subject = subjectAt(at)
    expect(rule.check(subject, limits)).toBe('ok')
    return FAULTS.get(id)!.edge!(subject, limits).some(([near, nearby]) => rule.check(near, nearby) !== 'ok')
  }
  expect([isMet(inside), isMet(atLimit)]).toEqual([false, true])
})
