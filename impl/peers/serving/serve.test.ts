import { describe, expect, test } from 'vitest'
import { quickChain } from '../../testing/chains.ts'
import { RawPeer } from '../../testing/raw-peer.ts'
import { blockHash, crypto } from '../../testing/spends.ts'
import { TestWorld } from '../../testing/world.ts'
import {
  ByteReader,
  ByteWriter,
  decodeInventory,
  encodeInventory,
  INV_BLOCK,
  INV_WITNESS_BLOCK,
} from '../../wire/index.ts'

/** The chain of tests with a difficulty that stays. */
const steady = { ...quickChain, limits: { ...quickChain.limits, noRetargeting: true } }
const ZERO = new Uint8Array(32)
const DAY = 86400_000

function hashOf(block: Uint8Array): Uint8Array {
  return crypto.hash256(block.subarray(0, 80))
}

function locator(hashes: readonly Uint8Array[], stop: Uint8Array = ZERO): Uint8Array {
  const writer = new ByteWriter().u32(70016).compactSize(hashes.length)
  for (const hash of hashes) writer.put(hash)
  return writer.put(stop).finish()
}

function ask(block: Uint8Array): Uint8Array {
  return encodeInventory([{ kind: INV_WITNESS_BLOCK, hash: hashOf(block) }])
}

function one() {
  const world = new TestWorld(steady)
  return { world, node: world.add() }
}

describe('getheaders', () => {
  test('without a locator asks for one header, which counts as sent', () => {
    const { world, node } = one()
    const blocks = world.generate(node, 5)
    const peer = new RawPeer(world, node).shake().say('sendheaders')
    peer.say('getheaders', locator([], hashOf(blocks[4]!)))
    expect(peer.of('headers').at(-1)).toEqual(
      new ByteWriter(82).u8(1).put(blocks[4]!.subarray(0, 80)).u8(0).finish(),
    )
    peer.say('getheaders', locator([], ZERO))
    expect(peer.of('headers').length).toBe(1)
    world.generate(node, 1)
    expect(peer.of('headers').length).toBe(2)
  })

  test('is answered with nothing by a node whose chain lacks work', () => {
    const { world, node } = one()
    world.generate(node, 5)
    const poor = world.add({ chain: { ...world.chain, minimumChainWork: 10n ** 9n } })
    const peer = new RawPeer(world, poor).shake().say('getheaders', locator([world.chain.genesis.hash]))
    expect(peer.of('headers')).toEqual([Uint8Array.of(0)])
  })
})

describe('getblocks', () => {
  test('sends five hundred at a time, and of the tip when the last of them is fetched', () => {
    const { world, node } = one()
    const blocks = world.generate(node, 503, 300)
    const peer = new RawPeer(world, node).shake().say('getblocks', locator([world.chain.genesis.hash]))
    const invs = () => peer.of('inv').map((payload) => decodeInventory(new ByteReader(payload)))
    expect(invs()[0]!.length).toBe(500)
    peer.say('getdata', ask(blocks[498]!))
    expect(invs().length).toBe(1)
    peer.say('getdata', ask(blocks[499]!))
    expect(invs()[1]).toEqual([{ kind: INV_BLOCK, hash: hashOf(blocks[502]!) }])
    peer.say('getdata', ask(blocks[499]!))
    expect(invs().length).toBe(2)
  })
})

describe('a block that left the active chain', () => {
  /** A node whose block at height 3 was overtaken, and that block. */
  function overtaken() {
    const { world, node } = one()
    const stale = world.generate(node, 3)[2]!
    const hash = blockHash(stale)
    world.post(node, { kind: 'invalidate', hash })
    world.generate(node, 2)
    world.post(node, { kind: 'reconsider', hash })
    world.run()
    return { world, node, stale }
  }

  test('is served for a month by the clock of the best header', () => {
    const { world, node, stale } = overtaken()
    const peer = new RawPeer(world, node).shake().say('getdata', ask(stale))
    expect(peer.of('block').length).toBe(1)
    world.generate(node, 1, 29 * 86400)
    peer.say('getdata', ask(stale))
    expect(peer.of('block').length).toBe(2)
    world.generate(node, 1, 86400)
    peer.say('getdata', ask(stale)).say('getheaders', locator([], hashOf(stale)))
    expect(peer.of('block').length).toBe(2)
    expect(peer.of('headers')).toEqual([])
  })

  test('and as long as so much work has not been done on another', () => {
    const { world, node, stale } = overtaken()
    const peer = new RawPeer(world, node).shake()
    // A month of blocks at one a second.
    world.generate(node, 4321, 1)
    peer.say('getdata', ask(stale))
    expect(peer.of('block').length).toBe(0)
  })

  test('its transactions are picked out only when it may be served', () => {
    const { world, node, stale } = overtaken()
    world.generate(node, 12, (30 * 86400) / 10)
    const request = new ByteWriter().put(hashOf(stale)).compactSize(1).compactSize(0).finish()
    const peer = new RawPeer(world, node).shake().say('getblocktxn', request)
    expect(peer.of('blocktxn')).toEqual([])
    expect(peer.of('block')).toEqual([])
  })
})

describe('announcements of a reorganisation', () => {
  test.each([
    [7, 'headers'],
    [8, 'inv'],
  ])('of %i new blocks and one that took their place come by %s', (lost, command) => {
    const { world, node } = one()
    const blocks = world.generate(node, lost + 1)
    const peer = new RawPeer(world, node).shake().say('sendheaders')
    peer.say('getheaders', locator([world.chain.genesis.hash]))
    const before = peer.of(command).length
    const rival = world.add()
    world.submit(rival, 'submitBlock', blocks[0]!)
    const branch = world.generate(rival, lost + 1)
    world.pass(DAY / 24)
    // From the last to the first, so that the tip moves once.
    for (const block of branch) world.submit(node, 'submitHeader', block.subarray(0, 80))
    for (const block of branch.reverse()) world.submit(node, 'submitBlock', block)
    expect(node.tip.height).toBe(lost + 2)
    expect(peer.of(command).length).toBe(before + 1)
    const [count] = peer.of(command).at(-1)!
    expect(count).toBe(command === 'headers' ? lost + 1 : 1)
  })
})
