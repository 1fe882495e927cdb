import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { encodeMessage, MessageStream, type PeerMessage } from './messages.ts'
import { openDaemonPeer } from './peer.ts'

const MAGIC = Buffer.from('fabfb5da', 'hex')
const EMPTY = new Uint8Array(0)
const message = (command: string, ...bytes: number[]): PeerMessage => ({
  command,
  payload: Uint8Array.from(bytes),
})
const plain = ({ command, payload }: PeerMessage) => [command, ...payload]

describe('the frame of messages', () => {
  const bytes = Buffer.concat([
    encodeMessage(MAGIC, message('verack')),
    encodeMessage(MAGIC, message('ping', 1, 2, 3)),
  ])

  it('is read in whatever pieces it comes', () => {
    for (const size of [1, 23, 24, 25, bytes.length]) {
      const stream = new MessageStream(MAGIC)
      const read: PeerMessage[] = []
      for (let at = 0; at < bytes.length; at += size) read.push(...stream.push(bytes.subarray(at, at + size)))
      expect(read.map(plain)).toEqual([['verack'], ['ping', 1, 2, 3]])
    }
  })
  it('has the checksum of nothing that Core has', () => {
    expect(encodeMessage(MAGIC, message('verack')).subarray(16).toString('hex')).toBe('000000005df6e0e2')
  })
  it('is of this network, whole and unaltered', () => {
    expect(() => new MessageStream(Buffer.from('f9beb4d9', 'hex')).push(bytes)).toThrow('another network')
    const altered = Buffer.from(bytes)
    altered[bytes.length - 1]! ^= 1
    expect(() => new MessageStream(MAGIC).push(altered)).toThrow('wrong checksum')
    const long = Buffer.from(bytes)
    long.writeUInt32LE(4_000_001, 16)
    expect(() => new MessageStream(MAGIC).push(long)).toThrow('4000001 bytes')
  })
})

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** Somebody who listens on loopback and answers as told. */
async function somebody(
  answer: (heard: PeerMessage, say: (message: PeerMessage) => void, socket: Socket) => void,
) {
  const server = createServer((socket) => {
    const stream = new MessageStream(MAGIC)
    const say = (one: PeerMessage) => socket.write(encodeMessage(MAGIC, one))
    socket.on('error', () => {})
    socket.on('data', (piece) => {
      for (const heard of stream.push(piece)) answer(heard, say, socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
}

function polite(heard: PeerMessage, say: (message: PeerMessage) => void): void {
  if (heard.command === 'version') {
    say({ command: 'version', payload: heard.payload })
    say({ command: 'verack', payload: EMPTY })
  }
  if (heard.command === 'ping') say({ command: 'pong', payload: heard.payload })
}

describe('a peer of a daemon', () => {
  it('shakes hands, and waits until what it sent has been dealt with', async () => {
    const heard: string[] = []
    const place = await somebody((one, say) => {
      heard.push(one.command)
      polite(one, say)
    })
    const peer = await openDaemonPeer(place, MAGIC, 5_000)
    closers.push(peer.close)
    expect(await peer.deliver(message('block', 1, 2))).toBe(true)
    expect(heard).toEqual(['version', 'verack', 'block', 'ping'])
  })
  it('knows when the daemon hangs up on it', async () => {
    const place = await somebody((one, say, socket) => {
      if (one.command === 'block') socket.destroy()
      else polite(one, say)
    })
    const peer = await openDaemonPeer(place, MAGIC, 5_000)
    closers.push(peer.close)
    expect(await peer.deliver(message('block'))).toBe(false)
  })
  it('fails in one line where nobody shakes hands', async () => {
    const silent = await somebody((_, __, socket) => socket.destroy())
    await expect(openDaemonPeer(silent, MAGIC, 5_000)).rejects.toThrow(
      /^127\.0\.0\.1:\d+: nobody shakes hands there$/,
    )
  })
})
