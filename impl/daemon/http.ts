import type { Dispatcher } from '../rpc/index.ts'
import type { Authorisation } from './authorisation.ts'
import type { HttpAnswer, HttpRequest, Machine } from './machine.ts'
import { isInSubnet } from './subnet.ts'

/** Delays the answer to wrong credentials, so that nobody tries many. [Core HTTPReq_JSONRPC] */
const WRONG_CREDENTIALS_MS = 250
/** Bytes. [Core MAX_HEADERS_SIZE] */
const PATH_MAX = 8192
const LOOPBACK = ['127.0.0.0/8', '::1']

/** Answers what is open to everybody from an allowed address; undefined for any other path. */
export type OpenPlaces = (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer> | undefined

/** What comes in over HTTP: JSON-RPC by POST to `/`, for those who may, and what is open to everybody. */
export class HttpFront {
  readonly #dispatcher: Dispatcher
  readonly #authorisation: Authorisation
  readonly #allowed: readonly string[]
  readonly #machine: Machine
  readonly #open: OpenPlaces
  readonly #activeMax: number
  #active = 0

  /** `allowed` are the subnets beside loopback from which requests may come; `open` answers without credentials;
   * at most `activeMax` requests are under way. */
  constructor(
    dispatcher: Dispatcher,
    authorisation: Authorisation,
    allowed: readonly string[],
    machine: Machine,
    open: OpenPlaces,
    activeMax: number,
  ) {
    this.#dispatcher = dispatcher
    this.#authorisation = authorisation
    this.#allowed = [...LOOPBACK, ...allowed]
    this.#machine = machine
    this.#open = open
    this.#activeMax = activeMax
  }

  async answer(request: HttpRequest): Promise<HttpAnswer> {
    if (this.#active >= this.#activeMax)
      return { status: 503, contentType: 'text/plain', body: 'Work queue depth exceeded' }
    this.#active++
    try {
      return await this.#answer(request)
    } finally {
      this.#active--
    }
  }

  async #answer(request: HttpRequest): Promise<HttpAnswer> {
    if (!this.#allowed.some((subnet) => isInSubnet(request.remote, subnet))) return { status: 403 }
    if (request.path.length > PATH_MAX) return { status: 400 }
    const path = request.path.split('?')[0]!
    const answer = await this.#open(request)
    if (answer !== undefined) return answer
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
