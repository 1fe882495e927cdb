import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { encodeMessage, MessageStream, type WireMessage } from '../../wire/index.ts'
import { openDaemonPeer } from './peer.ts'

const MAGIC = Buffer.from('fabfb5da', 'hex')
const EMPTY = new Uint8Array(0)
const message = (command: string, ...bytes: number[]): WireMessage => ({
  command,
  payload: Uint8Array.from(bytes),
})
const framed = ({ command, payload }: WireMessage) => encodeMessage(MAGIC, command, payload)

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** Somebody who listens on loopback and gives the chosen answers. */
async function somebody(
  answer: (heard: WireMessage, say: (message: WireMessage) => void, socket: Socket) => void,
) {
  const server = createServer((socket) => {
    const stream = new MessageStream(MAGIC)
    const say = (spoken: WireMessage) => socket.write(framed(spoken))
    socket.on('error', () => {})
    socket.on('data', (piece) => {
      for (const heard of stream.push(piece)) answer(heard, say, socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
}

function polite(heard: WireMessage, say: (message: WireMessage) => void): void {
  if (heard.command === 'version') {
    say({ command: 'version', payload: heard.payload })
    say({ command: 'verack', payload: EMPTY })
  }
  if (heard.command === 'ping') say({ command: 'pong', payload: heard.payload })
}

describe('a peer of a daemon', () => {
  it('shakes hands, and waits until what it sent has been dealt with', async () => {
    const heard: string[] = []
    const place = await somebody((message, say) => {
      heard.push(message.command)
      polite(message, say)
    })
    const peer = await openDaemonPeer(place, MAGIC, 5_000)
    closers.push(peer.close)
    expect(await peer.deliver(message('block', 1, 2))).toBe(true)
    expect(heard).toEqual(['version', 'verack', 'block', 'ping'])
  })
  it('knows when the daemon hangs up on it', async () => {
    const place = await somebody((message, say, socket) => {
      if (message.command === 'block') socket.destroy()
      else polite(message, say)
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
