import net from 'node:net'
import type { Connection, ConnectionListener, Dial } from '../daemon/index.ts'
import { formatEndpoint } from '../daemon/index.ts'

/** Dials an address; there is no connection when it takes longer than `timeoutMs`. */
export const dialTcp: Dial = (host, port, timeoutMs, done) => {
  const socket = net.connect({ host, port, noDelay: true })
  const give = (connection: Connection | undefined) => {
    socket.removeListener('error', failed)
    clearTimeout(timer)
    done(connection)
  }
  const failed = () => {
    socket.destroy()
    give(undefined)
  }
  const timer = setTimeout(failed, timeoutMs)
  socket.once('error', failed)
  socket.once('connect', () => give(new TcpConnection(socket)))
}

/** Listens at an address; resolves to what ends it. Rejects when the address cannot be had. */
export function listenTcp(
  host: string,
  port: number,
  accepted: (connection: Connection) => void,
): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const server = net.createServer({ noDelay: true, pauseOnConnect: true }, (socket) =>
      accepted(new TcpConnection(socket)),
    )
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.removeListener('error', reject)
      server.on('error', () => {})
      resolve(() => server.close())
    })
  })
}

class TcpConnection implements Connection {
  readonly remote: string
  readonly local: string
  readonly #socket: net.Socket

  constructor(socket: net.Socket) {
    this.#socket = socket
    this.remote = formatEndpoint(plainHost(socket.remoteAddress), socket.remotePort ?? 0)
    this.local = formatEndpoint(plainHost(socket.localAddress), socket.localPort ?? 0)
    socket.on('error', () => {})
  }

  get queued(): number {
    return this.#socket.writableLength
  }

  write(bytes: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(bytes)
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  close(): void {
    this.#socket.destroySoon()
  }

  listen(listener: ConnectionListener): void {
    const socket = this.#socket
    if (socket.destroyed) {
      setImmediate(() => listener.closed())
      return
    }
    socket.on('data', (bytes) => listener.received(bytes))
    socket.on('drain', () => listener.drained())
    socket.on('end', () => socket.destroySoon())
    socket.once('close', () => listener.closed())
    socket.resume()
  }
}

/** An IPv4 address that came in over IPv6 is an IPv4 address. */
function plainHost(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}
