import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quickChain } from '../testing/chains.ts'
import { RawPeer } from '../testing/raw-peer.ts'
import { crypto } from '../testing/spends.ts'
import { TestWorld } from '../testing/world.ts'
import { ByteWriter } from '../wire/index.ts'
import { PROTOCOLS } from './protocols.ts'

const COMMANDS = PROTOCOLS.flatMap(({ handlers = {} }) => Object.keys(handlers))
/** More, for a long run: TOUCHSTONE_MALFORMED=100000 npx vitest run impl/peers/malformed */
const RUNS = Number(process.env.TOUCHSTONE_MALFORMED ?? 300)

/** A node with a few blocks, to which anyone may connect. */
function busyNode() {
  const world = new TestWorld(quickChain)
  const node = world.add()
  const blocks = world.generate(node, 6)
  return { world, node, blocks }
}

describe('malformed messages', () => {
  test('random payloads of every command never escape as exceptions', () => {
    const { world, node } = busyNode()
    const command = fc.constantFrom(...COMMANDS)
    const payload = fc.uint8Array({ maxLength: 200 })
    fc.assert(
      fc.property(fc.array(fc.tuple(command, payload), { minLength: 1, maxLength: 20 }), (messages) => {
        const peer = new RawPeer(world, node).shake()
        for (const [name, bytes] of messages) peer.say(name, bytes)
        if (peer.closed === undefined) world.post(node, { kind: 'disconnected', peer: peer.id })
        world.run()
      }),
      { numRuns: RUNS },
    )
    expect(node.node.view.peerCount()).toBe(0)
    expect(node.tip.height).toBe(6)
  })

  test('messages of an honest node with bytes changed never escape as exceptions', () => {
    const { world, node, blocks } = busyNode()
    const listener = new RawPeer(world, node).shake()
    listener.say('getheaders', locator()).say('sendheaders').say('sendcmpct', sendCompact())
    for (const block of world.generate(node, 2)) blocks.push(block)
    const honest = [
      ...listener.heard.map(({ command, payload }) => ({ command, payload })),
      ...blocks.map((payload) => ({ command: 'block', payload })),
    ]
    const edit = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.option(fc.nat()) })
    fc.assert(
      fc.property(fc.nat(honest.length - 1), fc.array(edit, { maxLength: 4 }), (which, edits) => {
        const { command, payload } = honest[which]!
        let bytes = payload.slice()
        for (const { at, byte, cut } of edits) {
          if (bytes.length > 0) bytes[at % bytes.length] = byte
          if (cut !== null) bytes = bytes.slice(0, cut % (bytes.length + 1))
        }
        const peer = new RawPeer(world, node).shake().say(command, bytes)
        if (peer.closed === undefined) world.post(node, { kind: 'disconnected', peer: peer.id })
        world.run()
      }),
      { numRuns: RUNS },
    )
    expect(node.tip.height).toBe(8)
  })

  test('raw bytes in any chunks never escape as exceptions', () => {
    const { world, node } = busyNode()
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 10 }), (chunks) => {
        const peer = new RawPeer(world, node)
        for (const chunk of chunks) peer.sayBytes(chunk)
        world.post(node, { kind: 'disconnected', peer: peer.id })
        world.run()
      }),
      { numRuns: RUNS },
    )
    expect(node.node.view.peerCount()).toBe(0)
  })

  test.each([
    ['inv', new ByteWriter().compactSize(3).finish()],
    ['headers', new ByteWriter().compactSize(1).put(new Uint8Array(30)).finish()],
    ['block', new Uint8Array(30)],
    ['tx', new Uint8Array(9)],
    ['getdata', Uint8Array.of(0xfd, 1, 0)],
    ['cmpctblock', new Uint8Array(80)],
    ['ping', new Uint8Array(7)],
    ['sendcmpct', new Uint8Array(3)],
    ['getcfilters', new Uint8Array(36)],
    // A witness marker with no witness behind it.
    ['tx', Uint8Array.from([1, 0, 0, 0, 0, 1, 1, ...new Uint8Array(41), 0, 0, 0, 0, 0, 0])],
  ])('a %s that breaks its format is passed over, and the peer stays', (command, payload) => {
    const { world, node } = busyNode()
    const peer = new RawPeer(world, node, true, '192.0.2.7').shake().say(command, payload)
    expect(node.logs.at(-1)?.message).toMatch(
      new RegExp(`^ProcessMessages\\(${command}, \\d+ bytes\\): Exception `),
    )
    expect(peer.closed).toBeUndefined()
    expect(node.node.view.isDiscouraged('192.0.2.7')).toBe(false)
    peer.say('ping', new Uint8Array(8))
    expect(peer.of('pong').length).toBe(1)
  })

  test.each([
    ['headers', new ByteWriter().compactSize(1).put(new Uint8Array(81)).finish()],
    ['headers', new ByteWriter().compactSize(2001).finish()],
    [
      'inv',
      new ByteWriter()
        .compactSize(50_001)
        .put(new Uint8Array(36 * 50_001))
        .finish(),
    ],
    [
      'getdata',
      new ByteWriter()
        .compactSize(50_001)
        .put(new Uint8Array(36 * 50_001))
        .finish(),
    ],
  ])('a well-formed %s that no honest peer sends gets the peer discouraged', (command, payload) => {
    const { world, node } = busyNode()
    const peer = new RawPeer(world, node, true, '192.0.2.7').shake()
    expect(node.node.view.isDiscouraged('192.0.2.7')).toBe(false)
    peer.say(command, payload)
    expect(peer.closed).toBeDefined()
    expect(node.node.view.isDiscouraged('192.0.2.7')).toBe(true)
  })

  test('a wrong checksum loses the message and nothing else', () => {
    const { world, node } = busyNode()
    const peer = new RawPeer(world, node).shake()
    const before = peer.of('pong').length
    const frame = Uint8Array.from([
      ...world.chain.magic,
      ...name('ping'),
      8,
      0,
      0,
      0,
      1,
      2,
      3,
      4,
      ...new Uint8Array(8),
    ])
    peer.sayBytes(frame)
    expect(peer.of('pong').length).toBe(before)
    peer.say('ping', new Uint8Array(8))
    expect(peer.of('pong').length).toBe(before + 1)
    expect(peer.closed).toBeUndefined()
  })

  test('a foreign magic and an oversized message end the connection', () => {
    const { world, node } = busyNode()
    const foreign = new RawPeer(world, node).sayBytes(new Uint8Array(24))
    expect(foreign.closed).toBe('foreign network magic')
    const oversized = new RawPeer(world, node)
    oversized.sayBytes(Uint8Array.from([...world.chain.magic, ...name('tx'), ...le32(4_000_001), 0, 0, 0, 0]))
    expect(oversized.closed).toContain('oversized')
    const largest = new RawPeer(world, node)
    largest.sayBytes(Uint8Array.from([...world.chain.magic, ...name('tx'), ...le32(4_000_000), 0, 0, 0, 0]))
    expect(largest.closed).toBeUndefined()
  })

  test('a message that comes byte by byte is the same message', () => {
    const { world, node } = busyNode()
    const peer = new RawPeer(world, node).shake()
    const whole = Uint8Array.from([
      ...world.chain.magic,
      ...name('ping'),
      ...le32(8),
      ...checksum(new Uint8Array(8)),
      ...new Uint8Array(8),
    ])
    const before = peer.of('pong').length
    for (const byte of whole) peer.sayBytes(Uint8Array.of(byte))
    expect(peer.of('pong').length).toBe(before + 1)
  })
})

function name(command: string): Uint8Array {
  return Uint8Array.from({ length: 12 }, (_, i) => command.charCodeAt(i) || 0)
}

function le32(value: number): Uint8Array {
  return new ByteWriter(4).u32(value).finish()
}

function checksum(payload: Uint8Array): Uint8Array {
  return crypto.hash256(payload).subarray(0, 4)
}

function locator(): Uint8Array {
  return new ByteWriter().u32(70016).compactSize(1).put(new Uint8Array(64)).finish()
}

function sendCompact(): Uint8Array {
  return new ByteWriter(9).u8(1).u64(2n).finish()
}
