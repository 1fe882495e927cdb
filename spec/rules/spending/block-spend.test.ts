import { describe, expect, it } from 'vitest'
import { txid } from '../../encoding/index.ts'
import type { Outpoint } from '../../vocabulary/index.ts'
import { outpointKey } from '../../vocabulary/index.ts'
import { block, branch, bytes, coin, coinbase, input, output, transaction } from '../testing.ts'
import { blockSpend, inputSpends, scriptSpends, unconfirmedSpend } from './block-spend.ts'

const funding = input().outpoint
const payment = transaction({ outputs: [output(6), output(3)] })
const child = transaction({
  inputs: [input({ outpoint: { txid: txid(payment), index: 0 } })],
  outputs: [output(5)],
})
const context = {
  parent: branch([0, 1]),
  features: new Set(['P2SH']),
  extension: {},
  coinAt: (outpoint: Outpoint) =>
    outpointKey(outpoint) === outpointKey(funding) ? coin({ value: 10 }) : undefined,
}

describe('the coins of a block', () => {
  it('are looked up as its transactions create and spend them', () => {
    const { height, transactions, fees } = blockSpend(block([coinbase(), payment, child]), context)
    expect(height).toBe(2)
    expect(transactions.map((spend) => spend.coins.map((found) => found?.output.value))).toEqual([
      [],
      [10n],
      [6n],
    ])
    expect(transactions[2]!.coins[0]).toMatchObject({ height: 2, isCoinbase: false })
    expect(transactions.map((spend) => [spend.fee, spend.feesSoFar])).toEqual([
      [0n, 0n],
      [1n, 1n],
      [1n, 2n],
    ])
    expect(fees).toBe(2n)
  })
  it('are gone once spent, and not there before they are created', () => {
    const again = transaction({ version: 9 })
    const spent = blockSpend(block([coinbase(), payment, again]), context)
    expect(spent.transactions[2]!.coins).toEqual([undefined])
    const early = blockSpend(block([coinbase(), child, payment]), context)
    expect(early.transactions[1]!.coins).toEqual([undefined])
  })
  it('are both there for a transaction that names one twice: another rule stops it', () => {
    const twice = transaction({ inputs: [input(), input()] })
    expect(blockSpend(block([coinbase(), twice]), context).transactions[1]!.coins).toHaveLength(2)
    expect(blockSpend(block([coinbase(), twice]), context).transactions[1]!.coins).not.toContain(undefined)
  })
  it('leave sums unknown where one is missing, or where more is paid than spent', () => {
    const missing = transaction({ inputs: [input({ index: 8 })] })
    const greedy = transaction({ outputs: [output(11)] })
    for (const odd of [missing, greedy]) {
      const spend = blockSpend(block([coinbase(), odd]), context)
      expect([spend.transactions[1]!.fee, spend.fees]).toEqual([undefined, undefined])
    }
  })
  it('may leave nothing over', () => {
    const even = transaction({ outputs: [output(10)] })
    expect(blockSpend(block([coinbase(), even]), context).transactions[1]!.fee).toBe(0n)
  })
  it('count signature operations as they add up', () => {
    const checks = (count: number) => transaction({ outputs: [output(0, bytes(count, 0xac))] })
    const { transactions } = blockSpend(
      block([coinbase({}, [output(0, bytes(2, 0xac))]), checks(3)]),
      context,
    )
    expect(transactions.map((spend) => spend.sigopCostSoFar)).toEqual([8, 20])
  })
  it('stand in the way of outputs of their name', () => {
    const same = { ...context, coinAt: (outpoint: Outpoint) => (outpoint.index === 1 ? coin() : undefined) }
    expect(blockSpend(block([coinbase(), payment]), same).transactions[1]!.overwritten).toEqual({
      txid: txid(payment),
      index: 1,
    })
    expect(blockSpend(block([coinbase(), payment]), context).transactions[1]!.overwritten).toBeUndefined()
  })
})

describe('the parts of a spend', () => {
  it('sum up values as far as coins are known', () => {
    const spender = transaction({ inputs: [input(), input({ index: 1 }), input({ index: 2 })] })
    const values = [4, 5, undefined]
    const coinAt = ({ index }: Outpoint) =>
      values[index] === undefined ? undefined : coin({ value: values[index] })
    const spend = unconfirmedSpend(spender, { ...context, coinAt })
    expect([...inputSpends(spend)].map(({ valueSoFar }) => valueSoFar)).toEqual([4n, 9n])
    expect([...scriptSpends(spend)]).toEqual([])
  })
  it('run scripts when all coins are known', () => {
    const spend = unconfirmedSpend(payment, context)
    expect(spend.spendHeight).toBe(2)
    expect([...scriptSpends(spend)]).toMatchObject([{ inputIndex: 0, features: new Set(['P2SH']) }])
  })
})
