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
    exposeHeadRoutes: false,
    return503OnClosing: false,
  })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  server.all('*', async (request, reply) => {
    const { method, url, headers, body, ip } = request
    const {
      status,
      contentType,
      body: answer,
      headers: more,
    } = await options.answer({
      method,
      path: url,
      authorization: headers.authorization,
      body: typeof body === 'string' ? body : '',
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

/** Node adds to some time-outs, and takes no more than 31 bits. */
const TIMER_MAX_MS = 1_000_000_000
