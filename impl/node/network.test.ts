import { describe, expect, test } from 'vitest'
import { quickChain } from '../testing/chains.ts'
import { blockHash, coinbaseOf, crypto, spend } from '../testing/spends.ts'
import { TestWorld } from '../testing/world.ts'
import { ByteReader, hashToHex, parseTransaction } from '../wire/index.ts'

function world(): TestWorld {
  return new TestWorld(quickChain)
}

describe('a node by itself', () => {
  test('connects blocks that are submitted, and judges each once', () => {
    const w = world()
    const a = w.add()
    const blocks = w.generate(a, 5)
    expect(a.tip.height).toBe(5)
    expect(a.tip.hash).toBe(blockHash(blocks[4]!))
    expect(a.judged.map(({ verdict }) => verdict.outcome)).toEqual(Array(5).fill('connected'))
    expect(w.submit(a, 'submitBlock', blocks[2]!).verdict.outcome).toBe('duplicate')
  })

  test('keeps its state over a restart', () => {
    const w = world()
    const a = w.add({ digest: true })
    w.generate(a, 7)
    const { tip } = a
    const digest = a.node.view.coinDigest()
    w.restart(a)
    expect(a.tip).toEqual(tip)
    expect(a.node.view.coinDigest()).toBe(digest)
    w.generate(a, 1)
    expect(a.tip.height).toBe(8)
  })
})

describe('two nodes', () => {
  test('shake hands and stay connected', () => {
    const w = world()
    const [a, b] = [w.add(), w.add()]
    w.connect(a, b)
    w.pass(3600_000)
    expect(a.disconnects).toEqual([])
    expect(b.disconnects).toEqual([])
    expect(a.sent.map(({ command }) => command)).toContain('verack')
    expect(a.node.view.peerCount()).toBe(1)
  })

  test('the one behind fetches what it lacks, headers first', () => {
    const w = world()
    const [a, b] = [w.add(), w.add()]
    w.generate(a, 30)
    w.connect(b, a)
    expect(b.tip).toEqual(a.tip)
    expect(b.disconnects).toEqual([])
  })

  test('a new block reaches the other at once', () => {
    const w = world()
    const [a, b] = [w.add(), w.add()]
    w.connect(a, b)
    for (let i = 0; i < 6; i++) {
      w.generate(i % 2 === 0 ? a : b, 1)
      expect(b.tip.height).toBe(i + 1)
      expect(a.tip).toEqual(b.tip)
    }
    expect(a.sent.some(({ command }) => command === 'headers' || command === 'cmpctblock')).toBe(true)
  })

  test('the branch with more work wins, on both sides, after a partition', () => {
    const w = world()
    const [a, b] = [w.add(), w.add()]
    w.generate(a, 3)
    const link = w.connect(b, a)
    w.cut(b, link)
    w.generate(a, 2)
    w.generate(b, 4)
    const winner = b.tip
    w.connect(b, a)
    expect(a.tip).toEqual(winner)
    expect(b.tip).toEqual(winner)
  })
})

describe('transactions', () => {
  test('travel to other nodes and into a block', () => {
    const w = world()
    const [a, b] = [w.add(), w.add()]
    const [first] = w.generate(a, 4)
    w.connect(b, a)
    const value = coinbaseOf(first!).outputs[0]!.value
    const t = spend([{ from: coinbaseOf(first!) }], [value - 10_000])
    expect(w.submit(a, 'submitTransaction', t).verdict).toEqual({ outcome: 'accepted' })
    w.pass(60_000)
    const id = hashToHex(parseTransaction(new ByteReader(t), crypto).txid)
    expect(b.node.view.mempool()).toEqual([id])
    w.generate(b, 1)
    expect(a.node.view.mempool()).toEqual([])
    expect(b.node.view.mempool()).toEqual([])
  })

  test('come back when their block is reorganised away, and leave when the new branch spends their coins', () => {
    const w = world()
    const [a, b] = [w.add(), w.add()]
    const [first, second] = w.generate(a, 5)
    const link = w.connect(b, a)
    w.cut(b, link)
    const paid = spend([{ from: coinbaseOf(first!) }], [coinbaseOf(first!).outputs[0]!.value - 10_000])
    const kept = spend([{ from: coinbaseOf(second!) }], [coinbaseOf(second!).outputs[0]!.value - 10_000])
    w.submit(a, 'submitTransaction', paid)
    w.submit(a, 'submitTransaction', kept)
    w.generate(a, 1)
    expect(a.node.view.mempool()).toEqual([])
    const other = spend([{ from: coinbaseOf(first!) }], [coinbaseOf(first!).outputs[0]!.value - 20_000])
    expect(w.submit(b, 'submitTransaction', other).verdict.outcome).toBe('accepted')
    w.generate(b, 3)
    w.connect(b, a)
    expect(a.tip).toEqual(b.tip)
    expect(a.node.view.mempool()).toEqual([hashToHex(parseTransaction(new ByteReader(kept), crypto).txid)])
  })
})
