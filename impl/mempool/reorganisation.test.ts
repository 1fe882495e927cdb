import { describe, expect, test } from 'vitest'
import { InPlaceChecks } from '../script-engine/index.ts'
import { quickChain, testChain } from '../testing/chains.ts'
import { blockHash, coinbaseOf, spend } from '../testing/spends.ts'
import { crypto, LATER, TestChain } from '../testing/test-chain.ts'
import type { TestNode } from '../testing/test-node.ts'
import { TestWorld } from '../testing/world.ts'
import { type Block, ByteReader, hashToHex, parseTransaction, type Transaction } from '../wire/index.ts'
import { Mempool } from './mempool.ts'
import { CONSENSUS_POLICY, type MempoolPolicy } from './policy.ts'

function parse(bytes: Uint8Array): Transaction {
  return parseTransaction(new ByteReader(bytes), crypto)
}

function id(bytes: Uint8Array): string {
  return hashToHex(parse(bytes).txid)
}

function pool({ node }: TestNode): string[] {
  return node.view.mempool()
}

describe('after a reorganisation', () => {
  /** A node at height 6 whose tip can be taken away by hand. */
  function standing() {
    const world = new TestWorld(quickChain)
    const a = world.add()
    const coins = world.generate(a, 6).map(coinbaseOf)
    return { world, a, coins }
  }

  test('transactions that are no longer final leave', () => {
    const { world, a, coins } = standing()
    world.generate(a, 2)
    const bytes = spend([{ from: coins[0]!, sequence: 0 }], [1000], 8)
    expect(world.submit(a, 'submitTransaction', bytes).verdict.outcome).toBe('accepted')
    const hash = a.tip.hash
    world.post(a, { kind: 'invalidate', hash })
    world.run()
    expect(a.tip.height).toBe(7)
    expect(pool(a)).toEqual([])
    world.post(a, { kind: 'reconsider', hash })
    world.run()
    expect(a.tip.height).toBe(8)
  })

  test('spends of coinbases that are immature again leave, with their descendants', () => {
    const { world, a, coins } = standing()
    // The coinbase of height 4 may be spent in block 7.
    const bytes = spend([{ from: coins[3]! }], [1000])
    const child = spend([{ from: parse(bytes) }], [500])
    expect(world.submit(a, 'submitTransaction', bytes).verdict.outcome).toBe('accepted')
    expect(world.submit(a, 'submitTransaction', child).verdict.outcome).toBe('accepted')
    world.post(a, { kind: 'invalidate', hash: a.tip.hash })
    world.run()
    expect(a.tip.height).toBe(5)
    expect(pool(a)).toEqual([])
  })

  test('of blocks that the operator invalidates the first ten give back what they held', () => {
    const world = new TestWorld(quickChain)
    const a = world.add()
    const coins = world.generate(a, 16).map(coinbaseOf)
    const inBlock = coins.slice(0, 12).map((coin, i) => {
      const bytes = spend([{ from: coin }], [1_000_000 + i])
      world.submit(a, 'submitTransaction', bytes)
      const lowest = world.generate(a, 1)
      expect(pool(a)).toEqual([])
      return { bytes, block: blockHash(lowest[0]!) }
    })
    const deepest = inBlock[0]!
    const child = spend([{ from: parse(deepest.bytes) }], [500_000])
    expect(world.submit(a, 'submitTransaction', child).verdict.outcome).toBe('accepted')
    world.post(a, { kind: 'invalidate', hash: deepest.block })
    world.run()
    expect(a.tip.height).toBe(16)
    expect(new Set(pool(a))).toEqual(new Set(inBlock.slice(2).map(({ bytes }) => id(bytes))))
  })

  test('a family that a parent has made too long loses its youngest', () => {
    const world = new TestWorld(quickChain)
    const a = world.add({ policy: { ancestorsMax: 2 } })
    const coins = world.generate(a, 6).map(coinbaseOf)
    const parent = spend([{ from: coins[0]! }], [1_000_000])
    world.submit(a, 'submitTransaction', parent)
    world.generate(a, 1)
    const child = spend([{ from: parse(parent) }], [900_000])
    const grandchild = spend([{ from: parse(child) }], [800_000])
    for (const bytes of [child, grandchild])
      expect(world.submit(a, 'submitTransaction', bytes).verdict.outcome).toBe('accepted')
    world.post(a, { kind: 'invalidate', hash: a.tip.hash })
    world.run()
    expect(new Set(pool(a))).toEqual(new Set([id(parent), id(child)]))
  })

  test('a parent that comes back is again the ancestor of the child that stayed', () => {
    const { world, a, coins } = standing()
    const parent = spend([{ from: coins[0]! }], [1_000_000])
    world.submit(a, 'submitTransaction', parent)
    world.generate(a, 1)
    const child = spend([{ from: parse(parent) }], [900_000])
    world.submit(a, 'submitTransaction', child)
    world.post(a, { kind: 'invalidate', hash: a.tip.hash })
    world.run()
    expect([...pool(a)].sort()).toEqual([id(parent), id(child)].sort())
    const { entries } = a.node.view.template(Math.floor(world.now / 1000))!
    expect(entries.map((entry) => [entry.ancestors, entry.descendants])).toEqual([
      [1, 2],
      [2, 1],
    ])
  })
})

test('the pool is judged where a branch first has more work, not where it ends', () => {
  const node = new TestChain(testChain(crypto))
  const { chainstate, forge } = node
  const mempool = new Mempool(chainstate, new InPlaceChecks({ crypto }), CONSENSUS_POLICY)
  chainstate.listen({
    connected: (block) => mempool.blockConnected(block, LATER),
    disconnected: (block) => mempool.blockDisconnected(block),
  })
  const [first, second] = node.mineMany(12).map((block) => block.transactions[0]!)
  const fork = node.tip
  const start = chainstate.medianTimePast
  for (let i = 0; i < 7; i++) node.mine({ time: fork.time + 100_000 + i })
  const locked = (from: Transaction, lockTime: number) => forge.spend(from, 0, { lockTime, sequence: 0 })
  const late = locked(first!, start + 50_000)
  const early = locked(second!, start - 1)
  for (const transaction of [late, early]) expect(mempool.accept(transaction, LATER).kind).toBe('accepted')
  // The other branch is slow for eight blocks, and then overtakes the clock of the first.
  const blocks: Block[] = []
  let parent = fork
  for (let i = 0; i < 16; i++) {
    const block = forge.block(parent, { time: fork.time + 1 + i + (i < 8 ? 0 : 200_000), extra: 1 })
    chainstate.acceptHeader(block.header, LATER)
    parent = node.node(block)
    blocks.push(block)
  }
  for (const block of blocks.reverse()) node.deliver(block)
  mempool.settle(LATER)
  expect(node.tip).toBe(parent)
  expect([...mempool.pool.entries()].map(({ transaction }) => transaction.txid)).toEqual([early.txid])
  expect(mempool.accept(late, LATER).kind).toBe('accepted')
})

describe('a block whose transactions form one chain comes back in linear time', () => {
  const COUNT = 400

  /** Entries put into sets, which is how families are walked, while a block with such a chain leaves and returns to the pool. */
  function stepsOf(count: number, policy: Partial<MempoolPolicy>): { steps: number; kept: number } {
    const node = new TestChain(testChain(crypto))
    const { chainstate, forge } = node
    const mempool = new Mempool(chainstate, new InPlaceChecks({ crypto }), { ...CONSENSUS_POLICY, ...policy })
    chainstate.listen({
      connected: (block) => mempool.blockConnected(block, LATER),
      disconnected: (block) => mempool.blockDisconnected(block),
    })
    const transactions: Transaction[] = []
    let last = node.mineMany(7)[0]!.transactions[0]!
    for (let i = 0; i < count; i++) {
      last = forge.spend(last, 0)
      transactions.push(last)
    }
    const block = node.mine({ transactions, fees: 0 })
    const { add } = Set.prototype
    let steps = 0
    Set.prototype.add = function counted(value) {
      steps++
      return add.call(this, value)
    }
    try {
      chainstate.invalidate(block.hash)
      while (chainstate.connectNext());
      mempool.settle(LATER)
    } finally {
      Set.prototype.add = add
    }
    return { steps, kept: mempool.pool.size }
  }

  test.each([5, 25])('with families of %i', (ancestorsMax) => {
    const short = stepsOf(COUNT, { ancestorsMax })
    const long = stepsOf(4 * COUNT, { ancestorsMax })
    expect(short.kept).toBe(ancestorsMax)
    expect(long.kept).toBe(ancestorsMax)
    expect(long.steps).toBeLessThan(5 * short.steps)
    expect(long.steps).toBeLessThan(8 * COUNT * (ancestorsMax + 10))
  })
})
