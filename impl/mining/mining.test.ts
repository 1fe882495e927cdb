import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { coinbaseOf, crypto, spend, TestWorld } from '../node/test-world.ts'
import { subsidyAt } from '../validation/index.ts'
import { ByteReader, hashToHex, parseBlock, parseTransaction, type Transaction } from '../wire/index.ts'
import { grindNonce } from './grind.ts'
import { PriorityQueue } from './priority-queue.ts'
import { TEMPLATE_OPTIONS } from './template.ts'

const tiny = JSON.parse(readFileSync(new URL('../../spec/chains/tiny.json', import.meta.url), 'utf8'))

function parse(bytes: Uint8Array): Transaction {
  return parseTransaction(new ByteReader(bytes), crypto)
}

function id(bytes: Uint8Array): string {
  return hashToHex(parse(bytes).txid)
}

function funded() {
  const world = new TestWorld(tiny)
  const node = world.add()
  const coins = world.generate(node, 9).slice(0, 6).map(coinbaseOf)
  const submit = (bytes: Uint8Array) =>
    expect(world.submit(node, 'submitTransaction', bytes).verdict.outcome).toBe('accepted')
  const template = (options = TEMPLATE_OPTIONS) =>
    node.node.view.template(Math.floor(world.now / 1000), options)!
  const ids = (options = TEMPLATE_OPTIONS) =>
    template(options).entries.map(({ transaction }) => hashToHex(transaction.txid))
  return { world, node, coins, submit, template, ids }
}

const value = (coin: Transaction): number => coin.outputs[0]!.value

describe('templates', () => {
  test('take the best paying first', () => {
    const { coins, submit, ids } = funded()
    const pay = (i: number, fee: number) => spend([{ from: coins[i]! }], [value(coins[i]!) - fee])
    const [low, high, middle] = [pay(0, 1000), pay(1, 9000), pay(2, 5000)]
    for (const bytes of [low, high, middle]) submit(bytes)
    expect(ids()).toEqual([high, middle, low].map(id))
  })

  test('a child pays for its parent, and comes after it', () => {
    const { coins, submit, ids } = funded()
    const parent = spend([{ from: coins[0]! }], [value(coins[0]!) - 100])
    const child = spend([{ from: parse(parent) }], [value(coins[0]!) - 50_000])
    const other = spend([{ from: coins[1]! }], [value(coins[1]!) - 10_000])
    for (const bytes of [parent, child, other]) submit(bytes)
    expect(ids()).toEqual([parent, child, other].map(id))
  })

  test('a parent that has been taken no longer weighs on its child', () => {
    const { coins, submit, ids } = funded()
    const parent = spend([{ from: coins[0]! }], [value(coins[0]!) - 30_000])
    const child = spend([{ from: parse(parent) }], [value(coins[0]!) - 31_000])
    const other = spend([{ from: coins[1]! }], [value(coins[1]!) - 8000])
    for (const bytes of [parent, child, other]) submit(bytes)
    expect(ids()).toEqual([parent, other, child].map(id))
  })

  test('keep to the weight, to the last unit', () => {
    const { coins, submit, ids, world } = funded()
    const bytes = spend([{ from: coins[0]! }], [1000])
    submit(bytes)
    const { weight } = parse(bytes)
    const { maxBlockWeight } = world.chain.limits
    const room = (reservedWeight: number) => ids({ ...TEMPLATE_OPTIONS, reservedWeight })
    expect(room(maxBlockWeight - weight)).toEqual([id(bytes)])
    expect(room(maxBlockWeight - weight + 1)).toEqual([])
  })

  test('leave out what pays less than the miner asks', () => {
    const { coins, submit, ids } = funded()
    const bytes = spend([{ from: coins[0]! }], [value(coins[0]!) - 1000])
    submit(bytes)
    const rate = Math.floor((1000 * 1000) / parse(bytes).virtualSize)
    expect(ids({ ...TEMPLATE_OPTIONS, feeRateMin: rate })).toEqual([id(bytes)])
    expect(ids({ ...TEMPLATE_OPTIONS, feeRateMin: rate + 1 })).toEqual([])
  })

  test('claim subsidy and fees, and the block is valid', () => {
    const { coins, submit, template, world, node } = funded()
    submit(spend([{ from: coins[0]! }], [value(coins[0]!) - 7777]))
    expect(template().coinbaseValue).toBe(subsidyAt(10, world.chain.limits) + 7777)
    const block = world.mine(node)
    expect(parseBlock(new ByteReader(block), crypto).transactions.length).toBe(2)
    expect(world.submit(node, 'submitBlock', block).verdict).toEqual({ outcome: 'connected' })
  })

  test('carry a time after the median of the past, whatever the clock says', () => {
    const { node } = funded()
    const median = node.node.view.medianTimePast()
    expect(node.node.view.template(0)!.time).toBe(median + 1)
    expect(node.node.view.template(median + 500)!.time).toBe(median + 500)
  })
})

test('a nonce is searched within the tries that were allowed', () => {
  const world = new TestWorld(tiny)
  const header = world.mine(world.add()).slice(0, 80)
  const nonce = new DataView(header.buffer).getUint32(76, true)
  expect(grindNonce(header, world.chain, crypto, nonce)).toBe(false)
  expect(grindNonce(header, world.chain, crypto, nonce + 1)).toBe(true)
})

test('the queue gives out the highest first', () => {
  const queue = new PriorityQueue<number>((a, b) => a > b)
  const items = Array.from({ length: 200 }, (_, i) => (i * 7919) % 211)
  for (const item of items) queue.push(item)
  const out: number[] = []
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) out.push(item)
  expect(out).toEqual([...items].sort((a, b) => b - a))
})
