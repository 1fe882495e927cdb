import { expect, test } from 'vitest'
import { testChain } from '../testing/chains.ts'
import { crypto } from '../testing/spends.ts'
import { TestChain } from '../testing/test-chain.ts'
import { encodeFrame, encodeVersion } from '../wire/index.ts'
import type { PeerHost } from './context.ts'
import { Network } from './network.ts'
import { PEER_OPTIONS } from './options.ts'
import { type Protocol, ProtocolStack } from './protocol.ts'
import { PROTOCOLS } from './protocols.ts'

const NOW = 1_700_000_000_000

test('a protocol of one file hears its message, the clock and that a peer has gone', () => {
  const heard: string[] = []
  const dummy: Protocol = {
    handlers: { dummy: (_context, peer, reader) => void heard.push(`dummy ${reader.u8()} of ${peer.id}`) },
    tick: () => void heard.push('tick'),
    tickPeer: (_context, peer) => void heard.push(`tick ${peer.id}`),
    nextAt: () => NOW + 5,
    nextAtPeer: (_context, peer) => NOW + peer.id,
    forget: (context, peer) => void heard.push(`forget ${peer.id} of ${context.peers.size}`),
  }
  const node = new TestChain(testChain(crypto))
  const host = {
    parameters: node.chainstate.chain,
    hasher: crypto,
    chain: node.chainstate,
    pool: { nextSequence: 0 },
    filters: undefined,
    entropy: () => 0.5,
    send: () => {},
    closed: () => {},
    log: () => {},
    feeFloor: () => 1000,
  } as unknown as PeerHost
  const network = new Network(host, PEER_OPTIONS, [...PROTOCOLS, dummy])
  expect(network.nextAt()).toBe(NOW + 5)
  network.connected(3, true, '192.0.2.1', false, NOW)
  const version = encodeVersion({
    version: 70016,
    services: 9n,
    time: 1_700_000_000n,
    nonce: 1n,
    userAgent: '/x/',
    startHeight: 0,
    relay: true,
  })
  const say = (command: string, payload: Uint8Array) =>
    network.received(3, encodeFrame(host.parameters.magic, command, payload, crypto), NOW)
  say('version', version)
  say('verack', new Uint8Array(0))
  say('dummy', Uint8Array.of(7))
  while (network.hasWork) network.work(NOW)
  expect(network.nextAt()).toBe(NOW + 3)
  network.tick(NOW)
  network.disconnected(3, NOW)
  expect(heard).toEqual(['dummy 7 of 3', 'tick', 'tick 3', 'forget 3 of 0'])
})

test('two protocols that handle one message are refused', () => {
  const twin: Protocol = { handlers: { ping: () => {} } }
  expect(() => new ProtocolStack([...PROTOCOLS, twin])).toThrow('two protocols handle ping')
})
