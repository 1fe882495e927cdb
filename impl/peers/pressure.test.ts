import { describe, expect, test } from 'vitest'
import { FilterIndex } from '../filters/index.ts'
import { MemoryFiles, MemoryOrderedStore } from '../platform/index.ts'
import { quickChain, testChain } from '../testing/chains.ts'
import { RawPeer } from '../testing/raw-peer.ts'
import { crypto } from '../testing/spends.ts'
import { TestChain } from '../testing/test-chain.ts'
import type { TestNode } from '../testing/test-node.ts'
import { TestWorld } from '../testing/world.ts'
import {
  ByteWriter,
  encodeFilterRange,
  encodeFrame,
  encodeInventory,
  encodeVersion,
  INV_WITNESS_BLOCK,
} from '../wire/index.ts'
import type { PeerHost } from './context.ts'
import { Network } from './network.ts'
import { PEER_OPTIONS } from './options.ts'

const NOW = 1_700_000_000_000

/** The connections of a node with a few blocks, worked by hand. */
function network() {
  const node = new TestChain(testChain(crypto))
  const blocks = node.mineMany(6)
  const sent: string[] = []
  const host = {
    parameters: node.chainstate.chain,
    hasher: crypto,
    chain: node.chainstate,
    pool: { nextSequence: 0 },
    filters: undefined,
    entropy: () => 0.5,
    send: (_peer: unknown, frame: Uint8Array) =>
      void sent.push(String.fromCharCode(...frame.subarray(4, 16)).replaceAll('\0', '')),
    closed: () => {},
    log: () => {},
    feeFloor: () => 1000,
  } as unknown as PeerHost
  const connections = new Network(host, { ...PEER_OPTIONS, serveBytesPerStep: 1, receiveBytesPaused: 1000 })
  const say = (command: string, payload: Uint8Array = new Uint8Array(0)) =>
    connections.received(1, encodeFrame(node.chainstate.chain.magic, command, payload, crypto), NOW)
  connections.connected(1, true, '10.0.0.1', false, NOW)
  const version = {
    version: 70016,
    services: 9n,
    time: 0n,
    nonce: 3n,
    userAgent: '',
    startHeight: 0,
    relay: true,
  }
  say('version', encodeVersion(version))
  say('verack')
  while (connections.hasWork) connections.work(NOW)
  sent.length = 0
  return { connections, sent, say, blocks }
}

describe('a peer that asks and does not read', () => {
  test('is not served, nor heard, until it reads on', () => {
    const { connections, sent, say, blocks } = network()
    say('getdata', encodeInventory(blocks.map(({ hash }) => ({ kind: INV_WITNESS_BLOCK, hash }))))
    connections.work(NOW)
    connections.work(NOW)
    expect(sent).toEqual(['block', 'block'])
    connections.congested(1, true)
    say('ping', new Uint8Array(8))
    expect(connections.hasWork).toBe(false)
    connections.work(NOW)
    expect(sent.length).toBe(2)
    connections.congested(1, false)
    while (connections.hasWork) connections.work(NOW)
    expect(sent).toEqual([...Array(6).fill('block'), 'pong'])
  })

  test('has no more read from it while much waits', () => {
    const { connections, say } = network()
    connections.congested(1, true)
    expect(connections.isReceivePaused(1)).toBe(false)
    while (!connections.isReceivePaused(1)) say('ping', new Uint8Array(8))
    connections.congested(1, false)
    while (connections.hasWork) connections.work(NOW)
    expect(connections.isReceivePaused(1)).toBe(false)
  })
})

describe('requests that cost much', () => {
  test('blocks are served in turns with other peers', () => {
    const world = new TestWorld(quickChain)
    const node = world.add({ peers: { serveBytesPerStep: 1 } })
    const blocks = world.generate(node, 6)
    const items = blocks.map((block) => {
      return { kind: INV_WITNESS_BLOCK, hash: crypto.hash256(block.subarray(0, 80)) }
    })
    const [greedy, other] = [new RawPeer(world, node), new RawPeer(world, node, true, '10.1.1.2')]
    for (const peer of [greedy, other]) peer.shake()
    const order: string[] = []
    const note = (peer: RawPeer, name: string) => {
      const hear = peer.hear.bind(peer)
      peer.hear = (bytes) => {
        order.push(name)
        hear(bytes)
      }
    }
    note(greedy, 'greedy')
    note(other, 'other')
    const frame = (command: string, payload: Uint8Array) =>
      encodeFrame(world.chain.magic, command, payload, crypto)
    world.post(node, { kind: 'received', peer: greedy.id, bytes: frame('getdata', encodeInventory(items)) })
    world.post(node, { kind: 'received', peer: other.id, bytes: frame('ping', new Uint8Array(8)) })
    world.run()
    expect(order.indexOf('other')).toBeLessThanOrEqual(6)
    expect(greedy.of('block').length).toBe(6)
  })

  test('filters come one a turn and all in order', () => {
    const world = new TestWorld(quickChain)
    const node = world.add({ peers: { blockFilters: true } })
    const blocks = world.generate(node, 20)
    const stop = crypto.hash256(blocks.at(-1)!.subarray(0, 80))
    const peer = new RawPeer(world, node).shake()
    peer.say('getcfilters', encodeFilterRange({ type: 0, start: 1, stop })).say('ping', new Uint8Array(8))
    const hashes = peer.of('cfilter').map((payload) => payload.slice(1, 33))
    expect(hashes).toEqual(blocks.map((block) => crypto.hash256(block.subarray(0, 80))))
    expect(peer.heard.at(-1)!.command).toBe('pong')
  })
})

describe('the index of filters', () => {
  /** A node whose index was not made while its chain grew. */
  function lateIndex(height: number) {
    const setup = { files: new MemoryFiles(), store: new MemoryOrderedStore() }
    const node = new TestChain(testChain(crypto), setup)
    node.mineMany(height)
    return { node, index: new FilterIndex(node.chainstate, setup.store, crypto), ...setup }
  }

  test('is made block by block, and says nothing of what is far from made', () => {
    const { node, index, store } = lateIndex(100)
    expect(index.entry(node.tip)).toBeUndefined()
    let steps = 0
    for (; index.isBehind; steps++) index.advance()
    expect(steps).toBe(100)
    expect(index.entry(node.tip)).toBeDefined()
    const again = new FilterIndex(node.chainstate, store, crypto)
    expect(again.isBehind).toBe(false)
    node.mineMany(3)
    expect(again.entry(node.tip)).toBeDefined()
  })

  test('follows a reorganisation', () => {
    const { node, index } = lateIndex(5)
    while (index.isBehind) index.advance()
    const fork = node.tip.ancestor(3)
    let parent = fork
    for (let i = 0; i < 3; i++) parent = node.node(node.mine({ extra: 9 }, parent))
    expect(node.tip).toBe(parent)
    let steps = 0
    for (; index.isBehind; steps++) index.advance()
    expect(steps).toBe(3)
  })

  test('a node with filters makes them after it has caught up', () => {
    const world = new TestWorld(quickChain)
    const store = new MemoryOrderedStore()
    const files = new MemoryFiles()
    const without: TestNode = world.add({ store, files })
    world.generate(without, 60)
    world.post(without, { kind: 'stop' })
    world.run()
    const node = world.add({ store, files, peers: { blockFilters: true } })
    const peer = new RawPeer(world, node).shake()
    const tip = Buffer.from(node.tip.hash, 'hex').reverse()
    peer.say('getcfheaders', encodeFilterRange({ type: 0, start: 1, stop: tip }))
    expect(peer.of('cfheaders').length).toBe(1)
    peer.say('getcfcheckpt', new ByteWriter(33).u8(0).put(tip).finish())
    expect(peer.of('cfcheckpt').length).toBe(1)
  })
})
