import { describe, expect, test } from 'vitest'
import { parseChainFile } from '../../chains/index.ts'
import { quickChain } from '../../testing/chains.ts'
import { minedHeaders } from '../../testing/headers.ts'
import { RawPeer } from '../../testing/raw-peer.ts'
import { blockHash, crypto } from '../../testing/spends.ts'
import { TestWorld } from '../../testing/world.ts'
import { workOf } from '../../validation/index.ts'
import { ByteReader, decodeInventory, encodeHeaders, encodeInventory, INV_BLOCK } from '../../wire/index.ts'

const chain = parseChainFile(quickChain, crypto)
const MINUTE = 60_000

function headersOf(blocks: readonly Uint8Array[]): Uint8Array {
  return encodeHeaders(blocks.map((block) => block.subarray(0, 80)))
}

/** An empty node in a world in which somebody mined a chain that raw peers may offer. */
function offered(count: number, own: Parameters<TestWorld['add']>[0] = {}) {
  const world = new TestWorld(quickChain)
  const miner = world.add()
  const blocks = world.generate(miner, count)
  const node = world.add(own)
  return { world, node, miner, blocks }
}

let addresses = 0
function stranger(world: TestWorld, node: Parameters<TestWorld['post']>[0], inbound = true): RawPeer {
  return new RawPeer(world, node, inbound, `10.8.${++addresses >> 8}.${addresses & 255}`)
}

describe('requests for headers', () => {
  test('that wait for an answer are not repeated for headers that do not connect', () => {
    const { world, node, blocks } = offered(6)
    const peer = stranger(world, node).shake().say('headers', encodeHeaders([]))
    const before = peer.of('getheaders').length
    for (const block of blocks.slice(2)) peer.say('headers', headersOf([block]))
    expect(peer.of('getheaders').length).toBe(before + 1)
    world.pass(2 * MINUTE)
    peer.say('headers', headersOf([blocks[3]!]))
    expect(peer.of('getheaders').length).toBe(before + 2)
  })

  test('go to one peer at a time while the tip is old, then to one more for each announced block', () => {
    const { world, node, blocks } = offered(3)
    world.pass(3 * 24 * 60 * MINUTE)
    const peers = [1, 2, 3].map(() => stranger(world, node).shake())
    const counts = () => peers.map((peer) => peer.of('getheaders').length)
    expect(counts()).toEqual([1, 0, 0])
    const inv = (block: Uint8Array) =>
      encodeInventory([{ kind: INV_BLOCK, hash: crypto.hash256(block.subarray(0, 80)) }])
    peers[1]!.say('inv', inv(blocks[0]!))
    peers[2]!.say('inv', inv(blocks[0]!))
    expect(counts()).toEqual([1, 1, 0])
    peers[2]!.say('inv', inv(blocks[1]!))
    expect(counts()).toEqual([1, 1, 1])
  })

  test('go to the next peer when the first has sent all, or left', () => {
    const { world, node } = offered(0)
    world.pass(3 * 24 * 60 * MINUTE)
    const [a, b, c] = [1, 2, 3].map(() => stranger(world, node).shake()) as [RawPeer, RawPeer, RawPeer]
    a.say('headers', encodeHeaders([]))
    expect(b.of('getheaders').length).toBe(1)
    world.post(node, { kind: 'disconnected', peer: b.id })
    world.run()
    expect(c.of('getheaders').length).toBe(1)
  })

  test('never go to who has no blocks', () => {
    const { world, node } = offered(0)
    const peer = stranger(world, node).shake(0n)
    expect(peer.of('getheaders')).toEqual([])
  })

  test('are given up after fifteen minutes when somebody else could be asked', () => {
    const { world, node } = offered(0)
    world.pass(3 * 24 * 60 * MINUTE)
    const [silent, other] = [stranger(world, node, false).shake(), stranger(world, node, false).shake()]
    // A millisecond for each header of four days.
    const deadline = 15 * MINUTE + 4 * 144
    world.pass(deadline - 1)
    expect(silent.closed).toBeUndefined()
    world.pass(1)
    expect(silent.closed).toBe('timeout downloading headers')
    expect(other.closed).toBeUndefined()
    expect(other.of('getheaders').length).toBeGreaterThan(0)
  })

  test('wait on when nobody else could be asked', () => {
    const { world, node } = offered(0)
    world.pass(3 * 24 * 60 * MINUTE)
    const silent = stranger(world, node, false).shake()
    const inbound = stranger(world, node, true).shake()
    world.pass(19 * MINUTE)
    expect([silent.closed, inbound.closed]).toEqual([undefined, undefined])
  })
})

describe('a peer that we chose and whose chain lags behind', () => {
  /** A node at height 6, and five peers that announced the tip, so that no more are protected. */
  function crowded() {
    const { world, node, blocks } = offered(6)
    for (const block of blocks) world.submit(node, 'submitBlock', block)
    const kept = [1, 2, 3, 4].map(() =>
      stranger(world, node, false).shake().say('headers', headersOf(blocks)),
    )
    return { world, node, blocks, kept }
  }

  test('is asked after twenty minutes and given up two minutes later', () => {
    const { world, node, blocks, kept } = crowded()
    const behind = stranger(world, node, false)
      .shake()
      .say('headers', headersOf(blocks.slice(0, 5)))
    const inbound = stranger(world, node)
      .shake()
      .say('headers', headersOf(blocks.slice(0, 5)))
    const asked = () => behind.of('getheaders').length
    world.pass(2 * MINUTE)
    behind.say('headers', headersOf(blocks.slice(0, 5)))
    const before = asked()
    // Noticed with the ping after two minutes.
    world.pass(20 * MINUTE)
    expect([asked() > before, behind.closed]).toEqual([true, undefined])
    world.pass(2 * MINUTE)
    expect(behind.closed).toBeUndefined()
    world.pass(2)
    expect(behind.closed).toBe('outbound peer has old chain')
    expect([...kept, inbound].map(({ closed }) => closed)).toEqual(Array(5).fill(undefined))
  })

  test('stays when it catches up', () => {
    const { world, node, blocks } = crowded()
    const behind = stranger(world, node, false)
      .shake()
      .say('headers', headersOf(blocks.slice(0, 5)))
    world.pass(23 * MINUTE)
    behind.say('headers', headersOf(blocks))
    world.pass(60 * MINUTE)
    expect(behind.closed).toBeUndefined()
  })

  test('stays when the operator chose it', () => {
    const { world, node, blocks } = crowded()
    const id = new RawPeer(world, node, false, '10.5.5.5', true)
      .shake()
      .say('headers', headersOf(blocks.slice(0, 5)))
    world.pass(60 * MINUTE)
    expect(id.closed).toBeUndefined()
  })

  test('and that was protected stays however far it falls back', () => {
    const { world, node, kept } = crowded()
    world.generate(node, 20)
    world.pass(60 * MINUTE)
    expect(kept.map(({ closed }) => closed)).toEqual(Array(4).fill(undefined))
  })
})

describe('a chain without the minimum of work', () => {
  test('costs a peer that we chose the connection when it has no more', () => {
    const { world, blocks } = offered(10)
    const node = world.add({ chain: { ...world.chain, minimumChainWork: 1000n } })
    // Known headers are not weighed again, as those of a node whose minimum was lower.
    const genesisOnly = [stranger(world, node, false), stranger(world, node, true)]
    for (const peer of genesisOnly) peer.shake().say('headers', headersOf(blocks))
    expect(node.node.view.status(blockHash(blocks[0]!))).toBe('unknown')
    expect(genesisOnly.map(({ closed }) => closed)).toEqual([undefined, undefined])
    world.submit(node, 'submitHeader', blocks[0]!.subarray(0, 80))
    for (const peer of genesisOnly) peer.say('headers', headersOf(blocks.slice(0, 1)))
    expect(genesisOnly.map(({ closed }) => closed)).toEqual([
      'headers chain has insufficient work',
      undefined,
    ])
  })

  const long = minedHeaders(chain, crypto, 4100)
  const needed = 4000n * workOf(chain.genesis.header.bits)

  function demanding() {
    const world = new TestWorld(quickChain)
    world.now += 60 * 86400_000
    const node = world.add({ chain: { ...world.chain, minimumChainWork: needed } })
    const status = (header: Uint8Array) => node.node.view.status(blockHash(header))
    return { world, node, status }
  }

  test('is counted first, fetched again and only then stored', () => {
    const { world, node, status } = demanding()
    const peer = stranger(world, node).shake()
    const batch = (from: number) => peer.say('headers', encodeHeaders(long.slice(from, from + 2000)))
    batch(0)
    batch(2000)
    expect([status(long[0]!), status(long[3999]!)]).toEqual(['unknown', 'unknown'])
    batch(0)
    expect(status(long[0]!)).toBe('unknown')
    batch(2000)
    expect([status(long[0]!), status(long[3999]!)]).toEqual(['header', 'header'])
    batch(4000)
    expect(status(long[4099]!)).toBe('header')
    expect(peer.closed).toBeUndefined()
  })

  test('that differs in the second pass starts again', () => {
    const { world, node, status } = demanding()
    const peer = stranger(world, node).shake()
    const other = minedHeaders(chain, crypto, 2000, 1)
    peer.say('headers', encodeHeaders(long.slice(0, 2000)))
    peer.say('headers', encodeHeaders(long.slice(2000, 4000)))
    const before = peer.of('getheaders').length
    peer.say('headers', encodeHeaders(other))
    peer.say('headers', encodeHeaders(long.slice(2000, 4000)))
    expect(peer.of('getheaders').length).toBeGreaterThan(before)
    expect([status(other[0]!), status(long[0]!)]).toEqual(['unknown', 'unknown'])
    expect(peer.closed).toBeUndefined()
    for (const from of [0, 2000, 0, 2000]) peer.say('headers', encodeHeaders(long.slice(from, from + 2000)))
    expect(status(long[3999]!)).toBe('header')
  })

  test('leaves nothing behind, however many peers offer it', () => {
    const { world, node } = demanding()
    const full = encodeHeaders(long.slice(0, 2000))
    for (let i = 0; i < 20; i++)
      stranger(world, node).shake().say('headers', full).say('headers', encodeHeaders([]))
    expect(node.judged.filter(({ subject }) => subject === 'header')).toEqual([])
  })
})

describe('blocks', () => {
  const asked = (peer: RawPeer) =>
    peer.of('getdata').flatMap((payload) => decodeInventory(new ByteReader(payload))).length

  test('of a branch as heavy as ours are fetched, of a lighter one not', () => {
    const { world, node, blocks } = offered(3)
    const rival = world.add()
    const others = world.generate(rival, 3)
    for (const block of blocks) world.submit(node, 'submitBlock', block)
    world.pass(86400_000)
    const [lighter, equal] = [stranger(world, node).shake(), stranger(world, node).shake()]
    lighter.say('headers', headersOf(others.slice(0, 2)))
    expect(asked(lighter)).toBe(0)
    equal.say('headers', headersOf(others))
    expect(asked(equal)).toBe(3)
  })

  test('come from those who came to us only while nobody we chose is at work, until the node has caught up', () => {
    const { world, node, blocks } = offered(40, { peers: { tipAgeMaxMs: 86400_000 } })
    world.pass(3 * 86400_000)
    const inbound = stranger(world, node).shake().say('headers', headersOf(blocks))
    expect(asked(inbound)).toBe(16)
    const chosen = stranger(world, node, false).shake().say('headers', headersOf(blocks))
    expect(asked(chosen)).toBe(16)
    inbound.say('headers', headersOf(blocks))
    const another = stranger(world, node).shake().say('headers', headersOf(blocks))
    expect(asked(another)).toBe(0)
  })

  test('above a window that others have moved on are asked for at once', () => {
    const { world, node, blocks } = offered(30, { peers: { downloadWindow: 8, blocksInFlightMax: 4 } })
    const peer = stranger(world, node).shake().say('headers', headersOf(blocks))
    expect(asked(peer)).toBe(4)
    for (const block of blocks.slice(4, 20)) world.submit(node, 'submitBlock', block)
    for (const block of blocks.slice(0, 4)) peer.say('block', block)
    expect(node.tip.height).toBe(20)
    expect(asked(peer)).toBe(8)
  })
})
