import { describe, expect, test } from 'vitest'
import { quickChain } from '../../testing/chains.ts'
import { RawPeer } from '../../testing/raw-peer.ts'
import { blockHash, crypto } from '../../testing/spends.ts'
import type { TestNode } from '../../testing/test-node.ts'
import { TestWorld } from '../../testing/world.ts'
import {
  ByteReader,
  ByteWriter,
  decodeInventory,
  encodeHeaders,
  encodeInventory,
  INV_WITNESS_BLOCK,
} from '../../wire/index.ts'

/** An empty node in a world in which somebody mined a chain that raw peers may offer. */
function offered(count: number, own: Parameters<TestWorld['add']>[0] = {}) {
  const world = new TestWorld(quickChain)
  const miner = world.add()
  const blocks = world.generate(miner, count)
  const node = world.add(own)
  const byHash = new Map(blocks.map((block) => [blockHash(block), block]))
  return { world, node, blocks, byHash }
}

function headersOf(blocks: readonly Uint8Array[]): Uint8Array {
  return encodeHeaders(blocks.map((block) => block.subarray(0, 80)))
}

/** Hashes of all blocks that a peer was asked for. */
function asked(peer: RawPeer): string[] {
  return peer
    .of('getdata')
    .flatMap((payload) => decodeInventory(new ByteReader(payload)))
    .map(({ kind, hash }) => {
      expect(kind).toBe(INV_WITNESS_BLOCK)
      return Buffer.from(hash).reverse().toString('hex')
    })
}

function height(node: TestNode): number {
  return node.tip.height
}

describe('block download', () => {
  test('asks a peer for sixteen blocks at a time, in order, each from one peer', () => {
    const { world, node, blocks, byHash } = offered(40)
    const [a, b] = [new RawPeer(world, node).shake(), new RawPeer(world, node).shake()]
    world.pass(86400_000)
    a.say('headers', headersOf(blocks))
    b.say('headers', headersOf(blocks))
    expect(asked(a)).toEqual(blocks.slice(0, 16).map(blockHash))
    expect(asked(b)).toEqual(blocks.slice(16, 32).map(blockHash))
    for (const hash of asked(b)) b.say('block', byHash.get(hash)!)
    expect(height(node)).toBe(0)
    expect(asked(b).length).toBe(24)
    for (const hash of asked(a)) a.say('block', byHash.get(hash)!)
    for (const hash of asked(b).slice(16)) b.say('block', byHash.get(hash)!)
    expect(height(node)).toBe(40)
  })

  test('gives the blocks of a peer that left to another', () => {
    const { world, node, blocks, byHash } = offered(20)
    const [a, b] = [new RawPeer(world, node).shake(), new RawPeer(world, node).shake()]
    a.say('headers', headersOf(blocks))
    b.say('headers', headersOf(blocks))
    world.post(node, { kind: 'disconnected', peer: a.id })
    world.run()
    const served = new Set<string>()
    for (let hash = next(b, served); hash !== undefined; hash = next(b, served))
      b.say('block', byHash.get(hash)!)
    expect(height(node)).toBe(20)
  })

  /** The next block that a peer was asked for and has not sent. */
  function next(peer: RawPeer, served: Set<string>): string | undefined {
    const hash = asked(peer).find((each) => !served.has(each))
    if (hash !== undefined) served.add(hash)
    return hash
  }

  test('drops a peer that holds up the window', () => {
    const { world, node, blocks, byHash } = offered(40, { peers: { downloadWindow: 20 } })
    const [slow, quick] = [new RawPeer(world, node).shake(), new RawPeer(world, node).shake()]
    slow.say('headers', headersOf(blocks))
    quick.say('headers', headersOf(blocks))
    for (const hash of asked(quick)) quick.say('block', byHash.get(hash)!)
    expect(asked(quick).length).toBe(4)
    world.pass(1999)
    expect(slow.closed).toBeUndefined()
    world.pass(1)
    expect(slow.closed).toBe('Peer is stalling block download')
    expect(quick.closed).toBeUndefined()
    expect(asked(quick).length).toBe(20)
  })

  test('drops a peer whose block does not come within a block interval', () => {
    const { world, node, blocks } = offered(3)
    const peer = new RawPeer(world, node).shake().say('headers', headersOf(blocks))
    world.pass(599_999)
    expect(peer.closed).toBeUndefined()
    world.pass(1)
    expect(peer.closed).toBe('timeout downloading a block')
  })

  test('a tampered block from one peer leaves the request to the other standing', () => {
    const { world, node, blocks } = offered(1)
    const honest = new RawPeer(world, node).shake()
    const liar = new RawPeer(world, node, true, '10.6.6.6').shake()
    honest.say('headers', headersOf(blocks))
    const tampered = blocks[0]!.slice()
    // A byte of the coinbase's script: the Merkle root no longer fits.
    tampered[130]! ^= 1
    liar.say('block', tampered)
    expect(liar.closed).toBe('bad-txnmrklroot')
    expect(node.judged.at(-1)?.verdict).toMatchObject({ class: 'mutated' })
    honest.say('ping', new Uint8Array(8))
    expect(asked(honest).length).toBe(1)
    honest.say('block', blocks[0]!)
    expect(height(node)).toBe(1)
    expect(honest.closed).toBeUndefined()
  })

  test('a forged block costs the connection, also when its like has come long ago; the like itself does not', () => {
    const { world, node, blocks } = offered(2)
    for (const block of blocks) world.submit(node, 'submitBlock', block)
    const forged = blocks[0]!.slice()
    forged[130]! ^= 1
    expect(new RawPeer(world, node).shake().say('block', blocks[0]!).closed).toBeUndefined()
    expect(new RawPeer(world, node).shake().say('block', forged).closed).toBe('mutated block')
  })

  test('a peer that has not got what it announced is asked again when it announces again', () => {
    const { world, node, blocks } = offered(2)
    const peer = new RawPeer(world, node).shake().say('headers', headersOf(blocks.slice(0, 1)))
    expect(asked(peer).length).toBe(1)
    peer.say('notfound', peer.of('getdata')[0]!)
    expect(asked(peer).length).toBe(1)
    peer.say('headers', headersOf(blocks.slice(1)))
    expect(asked(peer).slice(1)).toEqual(blocks.map(blockHash))
  })

  test('a block whose parent is still on its way is judged in the same step', () => {
    const { world, node, blocks } = offered(2)
    const peer = new RawPeer(world, node).shake().say('headers', headersOf(blocks)).say('block', blocks[1]!)
    const verdicts = () =>
      node.judged.filter(({ subject }) => subject === 'block').map(({ verdict }) => verdict.outcome)
    expect(verdicts()).toEqual(['stored'])
    peer.say('block', blocks[0]!)
    expect(verdicts()).toEqual(['stored', 'connected'])
    expect(height(node)).toBe(2)
  })

  test('a block that is not served is said to be not found', () => {
    const { world, node } = offered(0)
    world.generate(node, 2)
    const hash = node.tip.hash
    const peer = new RawPeer(world, node).shake()
    const ask = encodeInventory([{ kind: INV_WITNESS_BLOCK, hash: Buffer.from(hash, 'hex').reverse() }])
    peer.say('getdata', ask)
    expect(peer.of('block').length).toBe(1)
    world.post(node, { kind: 'invalidate', hash })
    world.run()
    peer.say('getdata', ask)
    expect(peer.of('block').length).toBe(1)
    expect(peer.of('notfound')).toEqual([ask])
    const before = peer.of('inv').length
    world.post(node, { kind: 'reconsider', hash })
    world.run()
    expect(peer.of('inv').length).toBe(before + 1)
  })

  test('an invalid block costs the connection, and so does one whose parent nobody knows', () => {
    const { world, node, blocks } = offered(2)
    const orphan = new RawPeer(world, node).shake().say('block', blocks[1]!)
    expect(orphan.closed).toBe('prev-blk-not-found')
    expect(node.node.view.isDiscouraged('10.9.9.9')).toBe(true)
  })
})

describe('headers', () => {
  test('that do not follow one another, or lack work, cost the connection', () => {
    const { world, node, blocks } = offered(3)
    const gap = new RawPeer(world, node).shake().say('headers', headersOf([blocks[0]!, blocks[2]!]))
    expect(gap.closed).toBe('non-continuous headers sequence')
    const weak = blocks[0]!.slice(0, 80)
    do weak[76]!++
    while ((crypto.hash256(weak)[31]! & 0x80) === 0)
    const lazy = new RawPeer(world, node).shake().say('headers', encodeHeaders([weak]))
    expect(lazy.closed).toBe('header with invalid proof of work')
  })

  test('two thousand are taken, one more is too many', () => {
    const { world, node } = offered(0)
    const header = new Uint8Array(81)
    const say = (count: number) => {
      const writer = new ByteWriter().compactSize(count)
      for (let i = 0; i < count; i++) writer.put(header)
      return new RawPeer(world, node).shake().say('headers', writer.finish()).closed
    }
    expect(say(2001)).toBe('headers message size = 2001')
    expect(say(2000)).toBe('header with invalid proof of work')
  })

  test('of a chain without the minimum of work are not stored', () => {
    const { world, blocks } = offered(10)
    const short = world.add({ chain: { ...world.chain, minimumChainWork: 1000n } })
    const peer = new RawPeer(world, short).shake().say('headers', headersOf(blocks))
    expect(short.node.view.status(blockHash(blocks[0]!))).toBe('unknown')
    expect(peer.closed).toBeUndefined()
    const enough = world.add({ chain: { ...world.chain, minimumChainWork: 20n } })
    new RawPeer(world, enough).shake().say('headers', headersOf(blocks))
    expect(enough.node.view.status(blockHash(blocks[9]!))).toBe('header')
  })

  test('that do not connect make the node ask for those in between', () => {
    const { world, node, blocks } = offered(5)
    const peer = new RawPeer(world, node).shake()
    peer.say('headers', encodeHeaders([]))
    const before = peer.of('getheaders').length
    peer.say('headers', headersOf(blocks.slice(4)))
    expect(peer.of('getheaders').length).toBe(before + 1)
    peer.say('headers', headersOf(blocks))
    expect(asked(peer)).toEqual(blocks.map(blockHash))
  })
})
