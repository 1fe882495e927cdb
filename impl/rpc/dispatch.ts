import { call } from './call.ts'
import { encodeJson } from './json.ts'
import type { Method } from './method.ts'
import type { RpcNode } from './node.ts'
import { RPC, RpcError } from './rpc-error.ts'

/** What is sent back over HTTP. */
export interface RpcAnswer {
  readonly status: number
  /** JSON; undefined where nothing is to be said, as to a notification. */
  readonly body: string | undefined
}

/** Who calls: which methods are open to it. */
export interface Caller {
  readonly name: string
  mayCall(method: string): boolean
}

interface Request {
  readonly id: unknown
  /** A request without an id is a notification in 2.0. */
  readonly hasId: boolean
  readonly isSecond: boolean
  readonly method: string
  readonly params: unknown
}

/** What a request led to. */
interface Outcome {
  readonly request: Request | undefined
  readonly result?: unknown
  readonly error?: RpcError
}

/**
 * Answers the body of a JSON-RPC request: one call or a batch, of version 1.0, 1.1 or 2.0. In version 2.0 the HTTP status
 * reports the transport only; before, it reports errors too. [JSON-RPC 2.0; Core HTTPReq_JSONRPC]
 */
export class Dispatcher {
  readonly #methods: ReadonlyMap<string, Method>
  readonly #node: RpcNode

  constructor(methods: ReadonlyMap<string, Method>, node: RpcNode) {
    this.#methods = methods
    this.#node = node
  }

  async answer(body: string, caller: Caller): Promise<RpcAnswer> {
    const parsed = parseJson(body)
    if (parsed instanceof RpcError) return single({ request: undefined, error: parsed })
    if (Array.isArray(parsed)) return this.#batch(parsed, caller)
    if (typeof parsed !== 'object' || parsed === null)
      return single({
        request: undefined,
        error: new RpcError(RPC.parseError, 'Top-level object parse error'),
      })
    if (isForbidden(parsed, caller)) return { status: 403, body: undefined }
    return single(await this.#execute(parsed as Record<string, unknown>, caller))
  }

  async #batch(items: readonly unknown[], caller: Caller): Promise<RpcAnswer> {
    if (items.some((item) => isForbidden(item, caller))) return { status: 403, body: undefined }
    const answers: unknown[] = []
    for (const item of items) {
      const isRecord = typeof item === 'object' && item !== null && !Array.isArray(item)
      const outcome = isRecord
        ? await this.#execute(item as Record<string, unknown>, caller)
        : { request: undefined, error: new RpcError(RPC.invalidRequest, 'Invalid Request object') }
      if (!isNotification(outcome)) answers.push(envelope(outcome))
    }
    if (answers.length === 0 && items.length > 0) return { status: 204, body: undefined }
    return { status: 200, body: `${encodeJson(answers)}\n` }
  }

  async #execute(raw: Readonly<Record<string, unknown>>, caller: Caller): Promise<Outcome> {
    const shell = shellOf(raw)
    try {
      const request = { ...shell, ...readRequest(raw) }
      return { request, result: await this.#run(request, caller) }
    } catch (error) {
      return { request: shell, error: asRpcError(error) }
    }
  }

  async #run({ method, params }: Request, caller: Caller): Promise<unknown> {
    this.#node.log('rpc', `ThreadRPCServer method=${printable(method)} user=${caller.name}`)
    const found = this.#methods.get(method)
    if (found === undefined) throw new RpcError(RPC.methodNotFound, 'Method not found')
    const { activeCalls, sinceStartMs } = this.#node
    const active = { method, beganMs: sinceStartMs() }
    activeCalls.add(active)
    try {
      return await call(found, params, this.#node)
    } finally {
      activeCalls.delete(active)
    }
  }
}

/** Never what is in an unexpected error goes out without its code. */
function asRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error
  return new RpcError(RPC.misc, error instanceof Error ? error.message : String(error))
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return new RpcError(RPC.parseError, 'Parse error')
  }
}

function isForbidden(raw: unknown, caller: Caller): boolean {
  const method = (raw as { method?: unknown } | null)?.method
  return typeof method === 'string' && !caller.mayCall(method)
}

/** What is needed to answer a request whose method or parameters cannot be read. */
function shellOf(raw: Readonly<Record<string, unknown>>): Request {
  return {
    id: raw.id ?? null,
    hasId: Object.hasOwn(raw, 'id'),
    isSecond: raw.jsonrpc === '2.0',
    method: '',
    params: undefined,
  }
}

function readRequest(raw: Readonly<Record<string, unknown>>): Pick<Request, 'method' | 'params'> {
  const { jsonrpc, method, params } = raw
  if (jsonrpc !== undefined && typeof jsonrpc !== 'string')
    throw new RpcError(RPC.invalidRequest, 'jsonrpc field must be a string')
  if (jsonrpc !== undefined && !['1.0', '1.1', '2.0'].includes(jsonrpc))
    throw new RpcError(RPC.invalidRequest, 'JSON-RPC version not supported')
  if (method === undefined || method === null) throw new RpcError(RPC.invalidRequest, 'Missing method')
  if (typeof method !== 'string') throw new RpcError(RPC.invalidRequest, 'Method must be a string')
  if (params !== undefined && params !== null && typeof params !== 'object')
    throw new RpcError(RPC.invalidRequest, 'Params must be an array or object')
  return { method, params }
}

function isNotification({ request }: Outcome): boolean {
  return request?.isSecond === true && !request.hasId
}

function single(outcome: Outcome): RpcAnswer {
  if (isNotification(outcome)) return { status: 204, body: undefined }
  const body = `${encodeJson(envelope(outcome))}\n`
  const { request, error } = outcome
  return { status: error === undefined || request?.isSecond === true ? 200 : statusOf(error), body }
}

function statusOf({ code }: RpcError): number {
  if (code === RPC.invalidRequest) return 400
  return code === RPC.methodNotFound ? 404 : 500
}

function envelope({ request, result = null, error }: Outcome): unknown {
  const id = request?.id ?? null
  // Before 2.0 an answer has an id only when the request has one.
  const named = request === undefined || request.hasId ? { id } : {}
  const failure = error === undefined ? null : { code: error.code, message: error.message }
  if (request?.isSecond !== true) return { result, error: failure, ...named }
  return failure === null ? { jsonrpc: '2.0', result, id } : { jsonrpc: '2.0', error: failure, id }
}

/** A name as it may stand in a log: whatever is neither letter, digit nor `_-.` gives way. */
function printable(name: string): string {
  return name.slice(0, 100).replace(/[^\w.-]/g, '?')
}
