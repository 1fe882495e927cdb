import { describe, expect, test } from 'vitest'
import { quickChain } from '../../testing/chains.ts'
import { RawPeer } from '../../testing/raw-peer.ts'
import { coinbaseOf, crypto, spend } from '../../testing/spends.ts'
import { TestWorld } from '../../testing/world.ts'
import {
  ByteReader,
  ByteWriter,
  decodeInventory,
  encodeInventory,
  INV_TX,
  INV_WITNESS_TX,
  INV_WTX,
  parseTransaction,
  type Transaction,
} from '../../wire/index.ts'

function parse(bytes: Uint8Array): Transaction {
  return parseTransaction(new ByteReader(bytes), crypto)
}

function funded(own: Parameters<TestWorld['add']>[0] = {}) {
  const world = new TestWorld(quickChain)
  const node = world.add(own)
  const coins = world.generate(node, 6).slice(0, 3).map(coinbaseOf)
  const value = coins[0]!.outputs[0]!.value
  return { world, node, coins, value }
}

function invOf({ wtxid }: Transaction): Uint8Array {
  return encodeInventory([{ kind: INV_WTX, hash: wtxid }])
}

describe('transactions from peers', () => {
  test('are asked at once from a peer we chose, two seconds later from one that came to us', () => {
    const { world, node, coins } = funded()
    const t = parse(spend([{ from: coins[0]! }], [1000]))
    const came = new RawPeer(world, node, true).shake().say('inv', invOf(t))
    expect(came.of('getdata')).toEqual([])
    world.pass(1999)
    expect(came.of('getdata')).toEqual([])
    world.pass(1)
    expect(came.of('getdata')).toEqual([invOf(t)])
    const u = parse(spend([{ from: coins[1]! }], [1000]))
    const chosen = new RawPeer(world, node, false).shake().say('inv', invOf(u))
    expect(chosen.of('getdata')).toEqual([invOf(u)])
  })

  test('are asked from one peer at a time: the next one when there is no answer for a minute', () => {
    const { world, node, coins } = funded()
    const t = parse(spend([{ from: coins[0]! }], [1000]))
    const peers = [new RawPeer(world, node, false).shake(), new RawPeer(world, node, false).shake()]
    for (const peer of peers) peer.say('inv', invOf(t))
    expect(peers.map((peer) => peer.of('getdata').length)).toEqual([1, 0])
    world.pass(59_999)
    expect(peers[1]!.of('getdata').length).toBe(0)
    world.pass(1)
    expect(peers[1]!.of('getdata').length).toBe(1)
    peers[1]!.say('tx', t.raw)
    expect(node.node.view.mempool().length).toBe(1)
  })

  test('that a peer does not have are asked from the next one at once', () => {
    const { world, node, coins } = funded()
    const t = parse(spend([{ from: coins[0]! }], [1000]))
    const peers = [new RawPeer(world, node, false).shake(), new RawPeer(world, node, false).shake()]
    for (const peer of peers) peer.say('inv', invOf(t))
    peers[0]!.say('notfound', invOf(t))
    expect(peers[1]!.of('getdata').length).toBe(1)
  })

  test('that are known or were refused are not asked for', () => {
    const { world, node, coins, value } = funded()
    const good = parse(spend([{ from: coins[0]! }], [1000]))
    const bad = parse(spend([{ from: coins[1]! }], [value + 1]))
    const peer = new RawPeer(world, node, false).shake().say('tx', good.raw).say('tx', bad.raw)
    expect(peer.closed).toBeUndefined()
    peer.say('inv', invOf(good)).say('inv', invOf(bad))
    expect(peer.of('getdata')).toEqual([])
    // A new tip may change what is refused.
    world.generate(node, 1)
    new RawPeer(world, node, false).shake().say('inv', invOf(bad))
    expect(node.sent.filter(({ command }) => command === 'getdata').length).toBe(1)
  })

  test('whose parents are unknown wait for them, and the parents are asked for', () => {
    const { world, node, coins, value } = funded()
    const parent = parse(spend([{ from: coins[0]! }], [value - 1000]))
    const child = parse(spend([{ from: parent }], [value - 2000]))
    const grandchild = parse(spend([{ from: child }], [value - 3000]))
    const peer = new RawPeer(world, node, false).shake().say('tx', grandchild.raw).say('tx', child.raw)
    expect(node.node.view.mempool()).toEqual([])
    world.pass(2000)
    const wanted = peer.of('getdata').flatMap((payload) => decodeInventory(new ByteReader(payload)))
    expect(wanted).toContainEqual({ kind: INV_WITNESS_TX, hash: parent.txid })
    peer.say('tx', parent.raw)
    expect(node.node.view.mempool().length).toBe(3)
  })
})

describe('transactions to peers', () => {
  test('are announced by id with witness to who agreed on it, by id to others, once', () => {
    const { world, node, coins } = funded()
    const modern = new RawPeer(world, node).shake()
    const legacy = new RawPeer(world, node)
    legacy.say('version', versionWithoutWtxid(world)).say('verack')
    const bytes = spend([{ from: coins[0]! }], [1000])
    world.submit(node, 'submitTransaction', bytes)
    world.pass(60_000)
    const { txid, wtxid } = parse(bytes)
    expect(modern.of('inv')).toEqual([encodeInventory([{ kind: INV_WTX, hash: wtxid }])])
    expect(legacy.of('inv')).toEqual([encodeInventory([{ kind: INV_TX, hash: txid }])])
    modern.say('getdata', encodeInventory([{ kind: INV_WTX, hash: wtxid }]))
    expect(modern.of('tx')).toEqual([bytes])
    modern.say('getdata', encodeInventory([{ kind: INV_WTX, hash: new Uint8Array(32) }]))
    expect(modern.of('notfound').length).toBe(1)
  })

  test('are not announced to who sent them, nor below a peer’s fee filter', () => {
    const { world, node, coins, value } = funded()
    const sender = new RawPeer(world, node).shake()
    const rate = (satsPerKvb: bigint) => new ByteWriter(8).u64(satsPerKvb).finish()
    const cheap = parse(spend([{ from: coins[0]! }], [value - 10_000]))
    const exact = BigInt(Math.floor((10_000 * 1000) / cheap.virtualSize))
    const above = new RawPeer(world, node).shake().say('feefilter', rate(exact + 1n))
    const at = new RawPeer(world, node).shake().say('feefilter', rate(exact))
    sender.say('tx', cheap.raw)
    world.pass(60_000)
    expect(sender.of('inv')).toEqual([])
    expect(above.of('inv')).toEqual([])
    expect(at.of('inv').length).toBe(1)
  })

  test('more than fifty thousand in one announcement are too many', () => {
    const { world, node } = funded()
    const inv = (count: number) => {
      const writer = new ByteWriter(36 * count + 9).compactSize(count)
      for (let i = 0; i < count; i++) writer.u32(0x7f).put(new Uint8Array(32))
      return writer.finish()
    }
    expect(new RawPeer(world, node).shake().say('inv', inv(50_000)).closed).toBeUndefined()
    expect(new RawPeer(world, node).shake().say('inv', inv(50_001)).closed).toBe('inv message size = 50001')
  })
})

/** A version message of a peer that does not relay by id with witness. */
function versionWithoutWtxid(world: TestWorld): Uint8Array {
  return new ByteWriter()
    .u32(70015)
    .u64(9n)
    .u64(BigInt(Math.floor(world.now / 1000)))
    .put(new Uint8Array(52))
    .u64(5n)
    .compactSize(0)
    .u32(0)
    .u8(1)
    .finish()
}
