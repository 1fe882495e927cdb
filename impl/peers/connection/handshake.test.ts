import { describe, expect, test } from 'vitest'
import { quickChain } from '../../testing/chains.ts'
import { RawPeer } from '../../testing/raw-peer.ts'
import { TestWorld } from '../../testing/world.ts'
import { ByteReader, ByteWriter, decodeVersion, encodeVersion } from '../../wire/index.ts'

function one() {
  const world = new TestWorld(quickChain)
  return { world, node: world.add() }
}

const VERSION = {
  version: 70016,
  services: 9n,
  time: 1_600_000_000n,
  nonce: 1n,
  userAgent: '/x/',
  startHeight: 0,
  relay: true,
}

describe('the handshake', () => {
  test('is opened by who connects, and answered in order', () => {
    const { world, node } = one()
    expect(new RawPeer(world, node, false).heard.map(({ command }) => command)).toEqual(['version'])
    const peer = new RawPeer(world, node, true)
    expect(peer.heard).toEqual([])
    peer.say('version', encodeVersion(VERSION))
    expect(peer.heard.map(({ command }) => command)).toEqual([
      'version',
      'wtxidrelay',
      'sendaddrv2',
      'verack',
    ])
    const version = decodeVersion(new ByteReader(peer.of('version')[0]!))
    expect(version).toMatchObject({ version: 70016, services: 1033n, relay: true, startHeight: 0 })
    peer.say('verack')
    expect(peer.of('ping').length).toBe(1)
  })

  test('must be over before anything else is heard', () => {
    const { world, node } = one()
    const peer = new RawPeer(world, node).say('ping', new Uint8Array(8))
    peer.say('version', encodeVersion(VERSION)).say('ping', new Uint8Array(8))
    expect(peer.of('pong')).toEqual([])
    peer.say('verack').say('ping', new Uint8Array(8))
    expect(peer.of('pong').length).toBe(1)
  })

  test('ends after a minute', () => {
    const { world, node } = one()
    const peer = new RawPeer(world, node).say('version', encodeVersion(VERSION))
    world.pass(59_999)
    expect(peer.closed).toBeUndefined()
    world.pass(1)
    expect(peer.closed).toMatch(/^version handshake timeout|^socket no message in first/)
  })

  test.each([
    [31_799, 'peer using obsolete version 31799'],
    [31_800, undefined],
  ])('with version %i', (version, closed) => {
    const { world, node } = one()
    expect(new RawPeer(world, node).say('version', encodeVersion({ ...VERSION, version })).closed).toBe(
      closed,
    )
  })

  test('with itself is cut', () => {
    const { world, node } = one()
    world.connect(node, node)
    expect(node.disconnects).toEqual(['connected to self'])
  })

  test('cannot be changed afterwards', () => {
    const { world, node } = one()
    expect(new RawPeer(world, node).shake().say('wtxidrelay').closed).toBe('wtxidrelay received after verack')
    const again = new RawPeer(world, node).shake()
    again.say('version', encodeVersion({ ...VERSION, version: 1 }))
    expect(again.closed).toBeUndefined()
  })
})

describe('a connection', () => {
  test('is pinged every two minutes, and given up after twenty without an answer', () => {
    const { world, node } = one()
    const peer = new RawPeer(world, node).shake()
    world.pass(120_000)
    expect(peer.of('ping').length).toBe(2)
    peer.hear = (sent) => void peer.heard.push({ command: 'muted', payload: sent, intact: true })
    world.pass(120_000)
    world.pass(1_199_999)
    expect(peer.closed).toBeUndefined()
    world.pass(1)
    expect(peer.closed).toMatch(/^ping timeout: /)
  })

  test('that piles up more than it may is cut', () => {
    const world = new TestWorld(quickChain)
    const node = world.add({ peers: { receiveBytesMax: 1000 } })
    const half = Uint8Array.from([
      ...world.chain.magic,
      ...new Uint8Array(12).fill(0x61),
      0,
      9,
      0,
      0,
      0,
      0,
      0,
      0,
    ])
    const peer = new RawPeer(world, node).sayBytes(half).sayBytes(new Uint8Array(976))
    expect(peer.closed).toBeUndefined()
    peer.sayBytes(new Uint8Array(1))
    expect(peer.closed).toBe('too many unprocessed bytes')
  })
})

describe('what a node serves', () => {
  test('headers after the fork, and hashes to who asks the old way', () => {
    const { world, node } = one()
    world.generate(node, 5)
    const peer = new RawPeer(world, node).shake()
    const locator = new ByteWriter()
      .u32(70016)
      .compactSize(1)
      .put(world.chain.genesis.hash)
      .put(new Uint8Array(32))
    peer.say('getheaders', locator.finish()).say('getblocks', locator.finish())
    expect(peer.of('headers').at(-1)![0]).toBe(5)
    expect(peer.of('inv').at(-1)![0]).toBe(5)
  })

  test('locators of 101 hashes, not of 102', () => {
    const { world, node } = one()
    const locator = (count: number) =>
      new ByteWriter(4000)
        .u32(70016)
        .compactSize(count)
        .put(new Uint8Array(32 * (count + 1)))
        .finish()
    expect(new RawPeer(world, node).shake().say('getheaders', locator(101)).closed).toBeUndefined()
    expect(new RawPeer(world, node).shake().say('getheaders', locator(102)).closed).toContain('102')
  })
})
