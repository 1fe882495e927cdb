import type { Dispatcher } from '../rpc/index.ts'
import type { Authorisation } from './authorisation.ts'
import type { HttpAnswer, HttpRequest, Machine } from './machine.ts'
import { isInSubnet } from './subnet.ts'

/** Delays the answer to wrong credentials, so that nobody tries many. [Core HTTPReq_JSONRPC] */
const WRONG_CREDENTIALS_MS = 250
const LOOPBACK = ['127.0.0.0/8', '::1']

/** What comes in over HTTP: JSON-RPC by POST to `/`, for those who may, and REST for everybody where it is open. */
export class HttpFront {
  readonly #dispatcher: Dispatcher
  readonly #authorisation: Authorisation
  readonly #allowed: readonly string[]
  readonly #machine: Machine
  readonly #rest: ((path: string, body: Uint8Array) => HttpAnswer) | undefined

  /** `allowed` are the subnets beside loopback from which requests may come; `rest` answers paths below /rest/. */
  constructor(
    dispatcher: Dispatcher,
    authorisation: Authorisation,
    allowed: readonly string[],
    machine: Machine,
    rest: ((path: string, body: Uint8Array) => HttpAnswer) | undefined,
  ) {
    this.#dispatcher = dispatcher
    this.#authorisation = authorisation
    this.#allowed = [...LOOPBACK, ...allowed]
    this.#machine = machine
    this.#rest = rest
  }

  async answer(request: HttpRequest): Promise<HttpAnswer> {
    if (!this.#allowed.some((subnet) => isInSubnet(request.remote, subnet))) return { status: 403 }
    const path = request.path.split('?')[0]!
    if (this.#rest !== undefined && path.startsWith('/rest/')) return this.#rest(request.path, request.body)
    if (path !== '/' && !path.startsWith('/wallet/')) return { status: 404 }
    if (request.method !== 'POST')
      return { status: 405, contentType: 'text/plain', body: 'JSONRPC server handles only POST requests' }
    const caller = this.#authorisation.caller(request.authorization)
    if (caller === undefined) return this.#refuse(request)
    const { status, body } = await this.#dispatcher.answer(new TextDecoder().decode(request.body), caller)
    return body === undefined ? { status } : { status, contentType: 'application/json', body }
  }

  async #refuse({ authorization }: HttpRequest): Promise<HttpAnswer> {
    if (authorization !== undefined)
      await new Promise<void>((resolve) => this.#machine.later(WRONG_CREDENTIALS_MS, resolve))
    return { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="jsonrpc"' } }
  }
}
