/** A socket that does not read: what waits for it stays bounded, and it is served when it reads on. */
import { expect, test } from 'vitest'
import { crypto } from '../testing/spends.ts'
import { MeasuredWorld } from '../testing/worst-step.ts'
import { encodeFrame, encodeInventory, encodeVersion, INV_WITNESS_BLOCK } from '../wire/index.ts'
import { BanList } from './ban-list.ts'
import { Connections } from './connections.ts'
import type { Connection, ConnectionListener, Machine } from './machine.ts'
import { NodeDriver } from './node-driver.ts'

const SEND_BYTES_MAX = 10_000
/** Answers of one turn end beyond so many bytes; a step has at most so many turns. */
const TURN_BYTES = 2000
const TURNS = 64
const ASKED = 2000

/** The other end writes, and reads only when it is told to. */
class DeafSocket implements Connection {
  readonly remote = '10.0.0.1:1'
  readonly local = '10.0.0.2:2'
  queued = 0
  total = 0
  isPaused = false
  isClosed = false
  listener!: ConnectionListener

  write(bytes: Uint8Array): void {
    this.queued += bytes.length
    this.total += bytes.length
  }

  /** Reads all that waits. */
  drain(): void {
    this.queued = 0
    this.listener.drained()
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
  }

  close(): void {
    this.isClosed = true
  }

  listen(listener: ConnectionListener): void {
    this.listener = listener
  }
}

/** A daemon's driver and connections over a node of six blocks; `settle` does all that is to be done soon. */
function daemon() {
  const world = new MeasuredWorld({ peers: { serveBytesPerStep: TURN_BYTES, receiveBytesPaused: 100_000 } })
  const soon: (() => void)[] = []
  const machine = {
    now: () => world.now,
    clock: () => 0,
    later: () => () => {},
    soon: (action: () => void) => void soon.push(action),
  } as unknown as Machine
  const driver: NodeDriver = new NodeDriver(world.node.node, machine, {
    send: (peer, bytes) => connections.send(peer, bytes),
    disconnect: (peer) => connections.close(peer),
    judged: () => {},
    tip: () => {},
    log: () => {},
    stepped: () => connections.stepped(),
  })
  const connections: Connections = new Connections(driver, {
    dial: () => {},
    dialTimeoutMs: 1,
    defaultPort: 1,
    sendBytesMax: SEND_BYTES_MAX,
    inboundMax: 9,
    whitelist: [],
    isActive: true,
    bans: new BanList(
      [],
      1,
      () => 0,
      () => {},
    ),
    log: () => {},
  })
  const socket = new DeafSocket()
  connections.accept(socket, [])
  const settle = () => {
    for (let next = soon.shift(); next !== undefined; next = soon.shift()) next()
  }
  const say = (command: string, payload: Uint8Array = new Uint8Array(0)) => {
    socket.listener.received(encodeFrame(world.chain.magic, command, payload, crypto))
    settle()
  }
  say(
    'version',
    encodeVersion({
      version: 70016,
      services: 9n,
      time: 0n,
      nonce: 3n,
      userAgent: '',
      startHeight: 0,
      relay: true,
    }),
  )
  say('verack')
  socket.drain()
  settle()
  return { world, socket, settle, say }
}

test('what waits for a socket that does not read stays bounded, and it gets all when it reads on', () => {
  const { world, socket, settle, say } = daemon()
  const before = socket.total
  const frame = 24 + world.blocks.at(-1)!.length
  const most = SEND_BYTES_MAX + TURNS * (TURN_BYTES + frame)
  const block = { kind: INV_WITNESS_BLOCK, hash: world.hash() }
  say('getdata', encodeInventory(Array(ASKED).fill(block)))
  expect(socket.queued).toBeGreaterThan(SEND_BYTES_MAX)
  expect(socket.queued).toBeLessThanOrEqual(most)
  let reads = 0
  for (; socket.queued > 0; reads++) {
    expect(socket.queued).toBeLessThanOrEqual(most)
    socket.drain()
    settle()
  }
  expect(socket.total - before).toBe(ASKED * frame)
  expect(reads).toBeGreaterThan((ASKED * frame) / most - 1)
})

test('a socket that asks on and does not read is no more read from, until it is', () => {
  const { world, socket, settle, say } = daemon()
  say('getdata', encodeInventory(Array(ASKED).fill({ kind: INV_WITNESS_BLOCK, hash: world.hash() })))
  for (let i = 0; i < 5000 && !socket.isPaused; i++) say('ping', new Uint8Array(8))
  expect(socket.isPaused).toBe(true)
  while (socket.queued > 0) {
    socket.drain()
    settle()
  }
  expect(socket.isPaused).toBe(false)
  expect(socket.isClosed).toBe(false)
})
