import { describe, expect, test } from 'vitest'
import { quickChain } from '../testing/chains.ts'
import { RawPeer } from '../testing/raw-peer.ts'
import { TestWorld } from '../testing/world.ts'
import { ByteWriter, encodeVersion, type VersionMessage } from '../wire/index.ts'

const VERSION: VersionMessage = {
  version: 70016,
  services: 9n,
  time: 1_600_000_000n,
  nonce: 1n,
  userAgent: '/x/',
  startHeight: 0,
  relay: true,
}

function one() {
  const world = new TestWorld(quickChain)
  return { world, node: world.add() }
}

function greet(peer: RawPeer, own: Partial<VersionMessage> = {}): RawPeer {
  return peer.say('version', encodeVersion({ ...VERSION, ...own }))
}

/** `sendcmpct` of version 2. */
function sendCompact(unasked: boolean): Uint8Array {
  return new ByteWriter(9)
    .u8(unasked ? 1 : 0)
    .u64(2n)
    .finish()
}

describe('what an old peer is sent', () => {
  test.each([
    [60_000, 0],
    [60_001, 8],
  ])('version %i gets pings of %i bytes, and only with a nonce is a pong owed [BIP31]', (version, bytes) => {
    const { world, node } = one()
    const peer = greet(new RawPeer(world, node), { version }).say('verack')
    expect(peer.of('ping').map(({ length }) => length)).toEqual([bytes])
    peer.hear = (sent) => void peer.heard.push({ command: 'muted', payload: sent, intact: true })
    peer.say('ping', new Uint8Array(8))
    expect(peer.heard.filter(({ command }) => command === 'muted').length).toBe(bytes / 8)
    world.pass(1_400_000)
    expect(peer.closed?.replace(/: .*/, '')).toBe(bytes === 0 ? undefined : 'ping timeout')
  })

  test.each([
    [70_012, { feefilter: 0, sendcmpct: 0, wtxidrelay: 0 }],
    [70_013, { feefilter: 1, sendcmpct: 0, wtxidrelay: 0 }],
    [70_014, { feefilter: 1, sendcmpct: 1, wtxidrelay: 0 }],
    [70_015, { feefilter: 1, sendcmpct: 1, wtxidrelay: 0 }],
    [70_016, { feefilter: 1, sendcmpct: 1, wtxidrelay: 1 }],
    [99_999, { feefilter: 1, sendcmpct: 1, wtxidrelay: 1 }],
  ])('version %i hears what it knows and no more', (version, expected) => {
    const { world, node } = one()
    const peer = greet(new RawPeer(world, node), { version }).say('verack')
    const counts = Object.fromEntries(
      Object.keys(expected).map((command) => [command, peer.of(command).length]),
    )
    expect(counts).toEqual(expected)
  })
})

describe('a pong', () => {
  test.each([
    ['of another nonce does not end the ping', new Uint8Array(8).fill(9), 'ping timeout'],
    ['of nonce zero ends it: a bug elsewhere', new Uint8Array(8), undefined],
    ['too short ends it as well', new Uint8Array(3), undefined],
  ])('%s', (_name, payload, closed) => {
    const { world, node } = one()
    const peer = new RawPeer(world, node)
    peer.hear = (sent) => void peer.heard.push({ command: 'muted', payload: sent, intact: true })
    greet(peer).say('verack').say('pong', payload)
    world.pass(1_200_000 - 1)
    expect(peer.closed).toBeUndefined()
    world.pass(1)
    expect(peer.closed?.replace(/: .*/, '')).toBe(closed)
  })
})

describe('between version and verack', () => {
  test('preferences about announcements are kept already', () => {
    const { world, node } = one()
    world.generate(node, 3)
    const peer = greet(new RawPeer(world, node)).say('sendheaders').say('verack')
    peer.say('getheaders', locator(world))
    world.generate(node, 1)
    expect(peer.of('headers').length).toBe(2)
    const compact = greet(new RawPeer(world, node, true, '10.9.9.8')).say('sendcmpct', sendCompact(true))
    compact.say('verack').say('getheaders', locator(world))
    world.generate(node, 1)
    expect(compact.of('cmpctblock').length).toBe(1)
  })

  test('before version nothing is', () => {
    const { world, node } = one()
    world.generate(node, 3)
    const peer = greet(new RawPeer(world, node).say('sendheaders').say('wtxidrelay')).say('verack')
    peer.say('getheaders', locator(world))
    world.generate(node, 1)
    expect(peer.of('headers').length).toBe(1)
    expect(peer.of('inv').length).toBe(1)
  })

  test('a second version changes nothing, a second wtxidrelay neither', () => {
    const { world, node } = one()
    const peer = greet(new RawPeer(world, node))
    greet(peer, { version: 1 }).say('wtxidrelay').say('wtxidrelay').say('verack').say('verack')
    expect(peer.closed).toBeUndefined()
    expect(peer.of('version').length).toBe(1)
    expect(peer.of('ping').length).toBe(1)
  })

  test.each([
    [256, 1],
    [257, 0],
  ])('a user agent of %i bytes is answered %i times', (length, answers) => {
    const { world, node } = one()
    const peer = greet(new RawPeer(world, node), { userAgent: 'x'.repeat(length) })
    expect(peer.of('verack').length).toBe(answers)
    expect(peer.closed).toBeUndefined()
  })
})

describe('a peer that we chose', () => {
  test.each([
    [0n, 'peer does not offer the expected services (00000000 offered, 00000009 expected)'],
    [8n, 'peer does not offer the expected services (00000008 offered, 00000009 expected)'],
    [1n, 'peer does not offer the expected services (00000001 offered, 00000009 expected)'],
    [9n, undefined],
    // Pruned: good for a node that is nearly there.
    [1032n, undefined],
  ])('with services %i', (services, closed) => {
    const { world, node } = one()
    world.generate(node, 1)
    expect(greet(new RawPeer(world, node, false), { services }).closed).toBe(closed)
    expect(greet(new RawPeer(world, node, true), { services }).closed).toBeUndefined()
  })

  test('and that is pruned is of no use to a node that is 144 blocks behind', () => {
    const { world, node } = one()
    world.generate(node, 1)
    world.pass(143 * 600_000)
    expect(greet(new RawPeer(world, node, false), { services: 1032n }).closed).toBeUndefined()
    world.pass(600_000)
    const closed = greet(new RawPeer(world, node, false), { services: 1032n }).closed
    expect(closed).toMatch(/^peer does not offer the expected services/)
  })
})

describe('services that are not offered', () => {
  test.each(['mempool', 'filterload', 'filteradd', 'filterclear'])('%s costs the connection', (command) => {
    const { world, node } = one()
    const peer = new RawPeer(world, node, true, '192.0.2.9').shake().say(command)
    expect(peer.closed).toBe(`${command} without bloom filters on offer`)
    expect(node.node.view.isDiscouraged('192.0.2.9')).toBe(false)
  })
})

describe('an offender', () => {
  const offend = (peer: RawPeer) => peer.say('headers', new ByteWriter().compactSize(2001).finish())

  test('takes the other connections of its address along', () => {
    const { world, node } = one()
    const [first, second] = [1, 2].map(() => new RawPeer(world, node, true, '192.0.2.9').shake())
    const elsewhere = new RawPeer(world, node, true, '192.0.2.10').shake()
    offend(first!)
    expect([first, second, elsewhere].map((peer) => peer!.closed)).toEqual([
      'headers message size = 2001',
      'headers message size = 2001',
      undefined,
    ])
  })

  test('is discouraged by its address, whatever its port', () => {
    const { world, node } = one()
    const [first, second] = [8333, 8334].map((port) =>
      new RawPeer(world, node, true, `192.0.2.9:${port}`).shake(),
    )
    offend(first!)
    expect(second!.closed).toBe('headers message size = 2001')
    const isDiscouraged = (address: string) => node.node.view.isDiscouraged(address)
    expect(['192.0.2.9:1', '::ffff:192.0.2.9', '192.0.2.90:8333'].map(isDiscouraged)).toEqual([
      true,
      true,
      false,
    ])
  })

  test.each(['127.0.0.1', '127.3.2.1:50001', '::1', '[::1]:50001', '::ffff:127.0.0.1', '0.0.0.0'])(
    'at the local address %s is cut alone and not discouraged',
    (address) => {
      const { world, node } = one()
      const [peer, neighbour] = [1, 2].map(() => new RawPeer(world, node, true, address).shake())
      offend(peer!)
      expect([peer, neighbour].map((each) => each!.closed)).toEqual([
        'headers message size = 2001',
        undefined,
      ])
      expect(node.node.view.isDiscouraged(address)).toBe(false)
    },
  )
})

function locator(world: TestWorld): Uint8Array {
  return new ByteWriter()
    .u32(70016)
    .compactSize(1)
    .put(world.chain.genesis.hash)
    .put(new Uint8Array(32))
    .finish()
}
