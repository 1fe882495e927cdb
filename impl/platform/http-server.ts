import type { Socket } from 'node:net'
import fastify from 'fastify'
import type { HttpAnswer, HttpRequest } from '../daemon/index.ts'

export interface HttpOptions {
  readonly host: string
  readonly port: number
  /** Larger bodies are refused. */
  readonly bodyBytesMax: number
  /** A request must be read within so many milliseconds. */
  readonly readTimeoutMs: number
  readonly answer: (request: HttpRequest) => Promise<HttpAnswer>
}

/** Serves HTTP; resolves to what ends it once the answers under way are out. Rejects when the address cannot be had. */
export async function listenHttp(options: HttpOptions): Promise<() => Promise<void>> {
  const server = fastify({
    bodyLimit: options.bodyBytesMax,
    forceCloseConnections: 'idle',
    requestTimeout: Math.min(options.readTimeoutMs, TIMER_MAX_MS),
    keepAliveTimeout: TIMER_MAX_MS,
    // HTTP asks for it; those who write their own requests leave it out, and bitcoind answers them.
    http: { requireHostHeader: false, connectionsCheckingInterval: CHECK_MS },
    clientErrorHandler: (error, socket) => {
      if (error.code !== 'ERR_HTTP_REQUEST_TIMEOUT' && socket.writable) socket.write(BAD_REQUEST)
      socket.destroy()
    },
    exposeHeadRoutes: false,
    return503OnClosing: false,
    frameworkErrors: (error, _request, reply) => {
      const text = error.code === 'FST_ERR_BAD_URL' ? BAD_URL : error.message
      reply.raw.writeHead(400, { 'content-type': 'text/plain' }).end(text)
    },
  })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  const latest = new WeakMap<Socket, Promise<unknown>>()
  /** Requests that one connection sends ahead are worked off one after the other. [RFC 9112 §9.3.2] */
  const inTurn = (socket: Socket, request: HttpRequest): Promise<HttpAnswer> => {
    const answer = (latest.get(socket) ?? Promise.resolve()).then(() => options.answer(request))
    latest.set(
      socket,
      answer.catch(() => undefined),
    )
    return answer
  }
  server.all('*', async (request, reply) => {
    const { method, url, headers, body, ip } = request
    const {
      status,
      contentType,
      body: answer,
      headers: more,
    } = await inTurn(request.socket, {
      method,
      path: url,
      authorization: headers.authorization,
      body: body instanceof Uint8Array ? body : new Uint8Array(0),
      remote: ip,
    })
    reply.code(status)
    for (const [name, value] of Object.entries(more ?? {})) reply.header(name, value)
    if (contentType !== undefined) reply.header('content-type', contentType)
    return reply.send(typeof answer === 'string' ? Buffer.from(answer) : answer)
  })
  await server.listen({ host: options.host, port: options.port })
  return () => server.close()
}

/** [Core http_request_cb] */
const BAD_URL = 'URI parsing failed, it likely contained RFC 3986 invalid characters\r\n'

const BAD_REQUEST = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'

/** Requests that take too long are looked for this often. */
const CHECK_MS = 500

/** Node adds to some time-outs, and takes no more than 31 bits. */
const TIMER_MAX_MS = 1_000_000_000
