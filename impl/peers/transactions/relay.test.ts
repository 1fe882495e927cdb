import { describe, expect, test } from 'vitest'
import { quickChain } from '../../testing/chains.ts'
import { RawPeer } from '../../testing/raw-peer.ts'
import { coinbaseOf, crypto, spend } from '../../testing/spends.ts'
import { TestWorld } from '../../testing/world.ts'
import type { InventoryItem } from '../../wire/index.ts'
import {
  ByteReader,
  decodeInventory,
  encodeInventory,
  encodeVersion,
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
  const coins = world.generate(node, 8).slice(0, 5).map(coinbaseOf)
  const value = coins[0]!.outputs[0]!.value
  let made = 0
  /** A payment that the pool takes. */
  const pay = () => parse(spend([{ from: coins[made++]! }], [value - 5000]))
  return { world, node, coins, value, pay }
}

let addresses = 0
/** A peer that we chose unless it came to us. */
function join(world: TestWorld, node: Parameters<TestWorld['post']>[0], inbound = false): RawPeer {
  return new RawPeer(world, node, inbound, `10.7.${++addresses >> 8}.${addresses & 255}`)
}

/** One that announces by ids without witness. */
function joinLegacy(world: TestWorld, node: Parameters<TestWorld['post']>[0], relay = true): RawPeer {
  const version = {
    version: 70015,
    services: 9n,
    time: 0n,
    nonce: 5n,
    userAgent: '/old/',
    startHeight: 0,
    relay,
  }
  return join(world, node).say('version', encodeVersion(version)).say('verack')
}

function by(kind: number, { txid, wtxid }: Transaction): Uint8Array {
  return encodeInventory([{ kind, hash: kind === INV_WTX ? wtxid : txid }])
}

function asked(peer: RawPeer): InventoryItem[] {
  return peer.of('getdata').flatMap((payload) => decodeInventory(new ByteReader(payload)))
}

describe('a transaction that several peers announced', () => {
  test('is asked of each once: who said it had none is not asked again while others are left', () => {
    const { world, node, pay } = funded()
    const t = pay()
    const [liar, slow, good] = [1, 2, 3].map(() => join(world, node).shake()) as [RawPeer, RawPeer, RawPeer]
    liar.say('inv', by(INV_WTX, t))
    for (const peer of [slow, good]) peer.say('inv', by(INV_WTX, t))
    liar.say('notfound', by(INV_WTX, t)).say('inv', by(INV_WTX, t))
    expect(asked(liar).length).toBe(1)
    world.pass(60_000)
    expect([liar, slow, good].map((peer) => asked(peer).length)).toEqual([1, 1, 1])
    liar.say('inv', by(INV_WTX, t))
    world.pass(60_000)
    expect(asked(liar).length).toBe(1)
    // No announcer is left, so the request may start again.
    liar.say('inv', by(INV_WTX, t))
    expect(asked(liar).length).toBe(2)
  })

  test('is requested from outbound peers before inbound ones, in any order of announcement', () => {
    const { world, node, pay } = funded()
    const t = pay()
    const came = join(world, node, true).shake().say('inv', by(INV_WTX, t))
    world.pass(1999)
    const chosen = join(world, node).shake().say('inv', by(INV_WTX, t))
    world.pass(10)
    expect([asked(came).length, asked(chosen).length]).toEqual([0, 1])
  })

  test('by its id without witness waits two seconds while others announce with witness', () => {
    const { world, node, pay } = funded()
    const [t, u] = [pay(), pay()]
    const old = joinLegacy(world, node).say('inv', by(INV_TX, t))
    expect(asked(old).length).toBe(1)
    join(world, node).shake()
    old.say('inv', by(INV_TX, u))
    world.pass(1999)
    expect(asked(old).length).toBe(1)
    world.pass(1)
    expect(asked(old)).toEqual([
      { kind: INV_WITNESS_TX, hash: t.txid },
      { kind: INV_WITNESS_TX, hash: u.txid },
    ])
  })

  test('in the other kind of id than agreed on is passed over', () => {
    const { world, node, pay } = funded()
    const t = pay()
    const modern = join(world, node).shake().say('inv', by(INV_TX, t))
    const old = joinLegacy(world, node).say('inv', by(INV_WTX, t))
    world.pass(10_000)
    expect([...asked(modern), ...asked(old)]).toEqual([])
  })
})

describe('requests of one peer', () => {
  /** Announces so many transactions that nobody has. */
  const flood = (count: number, from = 0) =>
    encodeInventory(
      Array.from({ length: count }, (_, i) => {
        const hash = new Uint8Array(32).fill(7)
        new DataView(hash.buffer).setUint32(0, from + i)
        return { kind: INV_WTX, hash }
      }),
    )

  test('beyond a hundred on their way wait two seconds', () => {
    const { world, node } = funded()
    const peer = join(world, node).shake().say('inv', flood(100))
    expect(asked(peer).length).toBe(100)
    peer.say('inv', flood(1, 100))
    world.pass(1999)
    expect(asked(peer).length).toBe(100)
    world.pass(1)
    expect(asked(peer).length).toBe(101)
  })

  test('are five thousand at most, a thousand in one message', () => {
    const { world, node } = funded()
    const peer = join(world, node, true).shake().say('inv', flood(5001))
    world.pass(3000)
    expect(asked(peer).length).toBe(5000)
    expect(peer.of('getdata').length).toBe(5)
  })

  test('leave with it', () => {
    const { world, node } = funded()
    const peer = join(world, node, true).shake().say('inv', flood(5000))
    const other = join(world, node, true).shake().say('inv', flood(10))
    world.post(node, { kind: 'disconnected', peer: peer.id })
    world.pass(3000)
    expect([asked(peer).length, asked(other).length]).toEqual([0, 10])
  })
})

describe('an orphan', () => {
  function family() {
    const f = funded()
    const parent = parse(spend([{ from: f.coins[0]! }], [f.value - 1000]))
    const child = parse(spend([{ from: parent }], [f.value - 2000]))
    return { ...f, parent, child }
  }

  test('has its parents asked of all who announced it', () => {
    const { world, node, parent, child } = family()
    const [a, b, c] = [1, 2, 3].map(() => join(world, node).shake()) as [RawPeer, RawPeer, RawPeer]
    for (const peer of [a, b]) peer.say('inv', by(INV_WTX, child))
    a.say('tx', child.raw)
    c.say('inv', by(INV_WTX, child))
    world.pass(2000)
    // In an order by lot, a minute for each.
    const sought = (peer: RawPeer) => asked(peer).filter(({ kind }) => kind === INV_WITNESS_TX).length
    expect([a, b, c].map(sought).reduce((sum, n) => sum + n)).toBe(1)
    world.pass(60_000)
    world.pass(60_000)
    expect([a, b, c].map(sought)).toEqual([1, 1, 1])
    c.say('tx', parent.raw)
    expect(node.node.view.mempool().length).toBe(2)
  })

  test('stays while one of those who announced it stays', () => {
    const { world, node, parent, child } = family()
    const [a, b] = [join(world, node).shake(), join(world, node).shake()]
    a.say('tx', child.raw)
    b.say('inv', by(INV_WTX, child))
    world.post(node, { kind: 'disconnected', peer: a.id })
    world.run()
    b.say('tx', parent.raw)
    expect(node.node.view.mempool().length).toBe(2)
  })

  test('of a refused parent is refused', () => {
    const { world, node, value, coins } = funded()
    const parent = parse(spend([{ from: coins[0]! }], [value + 1]))
    const child = parse(spend([{ from: parent }], [value - 2000]))
    const peer = join(world, node).shake().say('tx', parent.raw).say('tx', child.raw)
    peer.say('inv', by(INV_WTX, child))
    world.pass(10_000)
    expect(asked(peer)).toEqual([])
  })
})

describe('what a peer may ask for', () => {
  test('is not a transaction that was not announced to it yet', () => {
    const { world, node, pay } = funded()
    const peer = join(world, node, true).shake()
    const t = pay()
    world.submit(node, 'submitTransaction', t.raw)
    peer.say('getdata', by(INV_WTX, t))
    expect(peer.of('tx')).toEqual([])
    expect(peer.of('notfound').length).toBe(1)
    world.pass(60_000)
    expect(peer.of('inv').length).toBe(1)
    peer.say('getdata', by(INV_WTX, t))
    expect(peer.of('tx')).toEqual([t.raw])
  })

  test('is one that it knew by itself, once its time to be announced has passed', () => {
    const { world, node, pay } = funded()
    const t = pay()
    const sender = join(world, node, true).shake().say('tx', t.raw)
    sender.say('getdata', by(INV_WTX, t))
    expect(sender.of('tx')).toEqual([])
    world.pass(60_000)
    expect(sender.of('inv')).toEqual([])
    sender.say('getdata', by(INV_WTX, t))
    expect(sender.of('tx').length).toBe(1)
  })

  test('is one of the latest block', () => {
    const { world, node, pay } = funded()
    const t = pay()
    world.submit(node, 'submitTransaction', t.raw)
    world.generate(node, 1)
    const peer = join(world, node).shake().say('getdata', by(INV_WTX, t)).say('getdata', by(INV_TX, t))
    expect(peer.of('tx')).toEqual([t.raw, t.raw])
    world.generate(node, 1)
    peer.say('getdata', by(INV_WTX, t))
    expect(peer.of('tx').length).toBe(2)
    expect(peer.of('notfound').length).toBe(1)
  })

  test('is no transaction when it wanted to hear of none', () => {
    const { world, node, pay } = funded()
    const t = pay()
    world.submit(node, 'submitTransaction', t.raw)
    world.pass(60_000)
    const quiet = joinLegacy(world, node, false)
    world.pass(60_000)
    quiet.say('getdata', by(INV_TX, t))
    expect(quiet.heard.filter(({ command }) => command === 'tx' || command === 'notfound')).toEqual([])
  })
})

describe('announcements', () => {
  test('go to all who came to us at one time, so that many ears hear no more than one', () => {
    const { world, node, pay } = funded()
    const ears = [1, 2, 3, 4].map(() => join(world, node, true).shake())
    const heardAt = ears.map(() => 0)
    world.submit(node, 'submitTransaction', pay().raw)
    for (let second = 1; second <= 60; second++) {
      world.pass(1000)
      ears.forEach((ear, i) => {
        if (heardAt[i] === 0 && ear.of('inv').length > 0) heardAt[i] = second
      })
    }
    expect(heardAt[0]).toBeGreaterThan(0)
    expect(new Set(heardAt).size).toBe(1)
  })

  test('go to who the operator trusts at once', () => {
    const { world, node, pay } = funded()
    const friend = new RawPeer(world, node, true, '10.1.2.3', true).shake()
    world.submit(node, 'submitTransaction', pay().raw)
    expect(friend.of('inv').length).toBe(1)
  })

  test('of a node of blocks only are of what was handed to itself', () => {
    const { world, node, pay } = funded({ peers: { relayTransactions: false } })
    const peer = join(world, node).shake()
    const friend = new RawPeer(world, node, true, '10.1.2.3', true).shake()
    const t = pay()
    friend.say('tx', t.raw)
    expect(node.node.view.mempool().length).toBe(1)
    world.submit(node, 'submitTransaction', pay().raw)
    world.pass(60_000)
    expect(peer.of('inv').length).toBeGreaterThan(0)
    expect(peer.of('feefilter')).toEqual([])
    peer.say('inv', by(INV_WTX, pay()))
    expect(peer.closed).toMatch(/^transaction \([0-9a-f]{64}\) inv sent in violation of protocol$/)
  })
})

describe('a flood of announcements', () => {
  test('is asked for in the order it came', () => {
    const { world, node } = funded()
    const items = Array.from({ length: 60 }, (_, i) => ({ kind: INV_WTX, hash: new Uint8Array(32).fill(i) }))
    const peer = join(world, node, true).shake().say('inv', encodeInventory(items))
    world.pass(2000)
    expect(asked(peer)).toEqual(items)
  })
})
