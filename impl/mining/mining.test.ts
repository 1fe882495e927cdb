import { describe, expect, test } from 'vitest'
import { quickChain } from '../testing/chains.ts'
import { coinbaseOf, crypto, spend } from '../testing/spends.ts'
import { TestWorld } from '../testing/world.ts'
import { subsidyAt } from '../validation/index.ts'
import {
  ByteReader,
  encodeTransaction,
  hashToHex,
  parseBlock,
  parseTransaction,
  type Transaction,
} from '../wire/index.ts'
import { grindNonce } from './grind.ts'
import { TEMPLATE_OPTIONS } from './template.ts'

function parse(bytes: Uint8Array): Transaction {
  return parseTransaction(new ByteReader(bytes), crypto)
}

function id(bytes: Uint8Array): string {
  return hashToHex(parse(bytes).txid)
}

function funded() {
  const world = new TestWorld(quickChain)
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

  test('keep to the signature operations, to the last one', () => {
    const { coins, submit, ids, world } = funded()
    // Two CHECKSIG in an output cost four each.
    const bytes = encodeTransaction({
      version: 2,
      inputs: [
        { prevTxid: coins[0]!.txid, prevIndex: 0, scriptSig: new Uint8Array(0), sequence: 0xffffffff },
      ],
      outputs: [{ value: 1000, script: Uint8Array.of(0xac, 0xac, 0x6a, 0x6a, 0x6a, 0x6a) }],
      lockTime: 0,
    })
    submit(bytes)
    const room = (reservedSigopsCost: number) => ids({ ...TEMPLATE_OPTIONS, reservedSigopsCost })
    const { maxBlockSigopsCost } = world.chain.limits
    expect(room(maxBlockSigopsCost - 8)).toEqual([id(bytes)])
    expect(room(maxBlockSigopsCost - 7)).toEqual([])
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

  test('and at the start of a period not far before the parent', () => {
    const world = new TestWorld(quickChain)
    const node = world.add()
    const earliest = () => node.node.view.template(0)!.timeMin - node.node.view.medianTimePast()
    world.generate(node, 2)
    world.generate(node, 1, 50_000)
    // Block 4 starts a period: 50,000 and two spacings lie between the last block and the median of the four.
    const parentTime = Math.floor(world.now / 1000)
    expect(node.node.view.template(0)!.timeMin).toBe(parentTime - 600)
    world.generate(node, 1, 600)
    expect(earliest()).toBe(1)
  })

  test('signal for soft forks under way by default', () => {
    const csv = {
      kind: 'bip8',
      bit: 5,
      startHeight: 4,
      timeoutHeight: 400,
      lockInOnTimeout: false,
      threshold: 3,
      window: 4,
    }
    const world = new TestWorld({ ...quickChain, deployments: { ...quickChain.deployments, csv } })
    const node = world.add()
    const versionAfter = (height: number) => {
      world.generate(node, height - node.tip.height)
      return node.node.view.template(0)!.version
    }
    expect(versionAfter(2)).toBe(0x20000000)
    expect(versionAfter(3)).toBe(0x20000020)
    expect(versionAfter(10)).toBe(0x20000020)
    // The world's own blocks signalled: locked in from 8 on, in force from 12 on.
    expect(versionAfter(11)).toBe(0x20000000)
    expect(node.node.view.template(0, { ...TEMPLATE_OPTIONS, version: 4 })!.version).toBe(4)
  })
})

test('a nonce is searched within the tries that were allowed', () => {
  const world = new TestWorld(quickChain)
  const header = world.mine(world.add()).slice(0, 80)
  const nonce = new DataView(header.buffer).getUint32(76, true)
  expect(grindNonce(header, world.chain, crypto, nonce)).toBe(false)
  expect(grindNonce(header, world.chain, crypto, nonce + 1)).toBe(true)
})
