import { connect, type Socket } from 'node:net'
import { encodeMessage, MessageStream, versionPayload, type WireMessage } from '../../wire/index.ts'

/** A peer of a daemon, which has shaken hands with it. */
export interface DaemonPeer {
  /**
   * Sends a message and waits until the daemon has dealt with it: it answers a ping only after what came before.
   * False when it hung up instead.
   */
  deliver(message: WireMessage): Promise<boolean>
  close(): void
}

/** @throws Error in one line when nobody shakes hands */
export async function openDaemonPeer(
  place: { readonly host: string; readonly port: number },
  magic: Uint8Array,
  timeoutMs: number,
): Promise<DaemonPeer> {
  // A ping must not wait until the message before it is acknowledged.
  const socket = connect({ ...place, noDelay: true })
  const line = listen(socket, magic)
  const send = ({ command, payload }: WireMessage) => socket.write(encodeMessage(magic, command, payload))
  const empty = new Uint8Array(0)
  // What every peer has to be answered.
  line.onMessage(({ command, payload }) => {
    if (command === 'version') send({ command: 'verack', payload: empty })
    if (command === 'ping') send({ command: 'pong', payload })
  })
  let pings = 0
  send({
    command: 'version',
    payload: versionPayload({ now: unixNow(), userAgent: USER_AGENT, role: 'listener' }),
  })
  if (!(await line.heard(({ command }) => command === 'verack', timeoutMs)))
    throw new Error(`${place.host}:${place.port}: nobody shakes hands there`)
  return {
    async deliver(message) {
      const nonce = Buffer.alloc(8)
      nonce.writeUInt32LE(++pings)
      const answered = line.heard(
        ({ command, payload }) => command === 'pong' && nonce.equals(payload),
        timeoutMs,
      )
      send(message)
      send({ command: 'ping', payload: nonce })
      return answered
    },
    close: () => socket.destroy(),
  }
}

const USER_AGENT = '/touchstone/'

const unixNow = () => Math.floor(Date.now() / 1000)

type Listener = (message: WireMessage) => void

/** What a socket says, message by message. */
function listen(socket: Socket, magic: Uint8Array) {
  const stream = new MessageStream(magic)
  const listeners = new Set<Listener>()
  const leavers = new Set<() => void>()
  socket.on('data', (piece) => {
    try {
      for (const message of stream.push(piece)) for (const listener of listeners) listener(message)
    } catch {
      socket.destroy()
    }
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    for (const leaver of leavers) leaver()
  })
  return {
    onMessage: (listener: Listener) => void listeners.add(listener),
    /** Whether such a message comes before the socket closes or time is up. */
    heard(wanted: (message: WireMessage) => boolean, timeoutMs: number): Promise<boolean> {
      return new Promise((resolve) => {
        const settle = (answer: boolean) => {
          clearTimeout(timer)
          listeners.delete(hear)
          leavers.delete(leave)
          resolve(answer)
        }
        const hear = (message: WireMessage) => {
          if (wanted(message)) settle(true)
        }
        const leave = () => settle(false)
        const timer = setTimeout(leave, timeoutMs)
        listeners.add(hear)
        leavers.add(leave)
        if (socket.destroyed) leave()
      })
    },
  }
}
