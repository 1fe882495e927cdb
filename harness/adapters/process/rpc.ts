import { Agent, request } from 'node:http'

/** What a JSON-RPC server answered: a result, or its error. */
export type RpcAnswer =
  | { readonly result: unknown }
  | { readonly error: { readonly code: number; readonly message: string } }

/** Where a JSON-RPC server listens, and what opens it (`user:password`). */
export interface RpcPlace {
  readonly host: string
  readonly port: number
  readonly credentials: string
}

/** A JSON-RPC 1.0 client over one connection that is kept. [Core doc/JSON-RPC-interface.md] */
export interface RpcClient {
  /** @throws Error in one line when the server cannot be reached, closes the door or answers no JSON-RPC */
  call(method: string, params: readonly unknown[]): Promise<RpcAnswer>
  close(): void
}

export function createRpcClient({ host, port, credentials }: RpcPlace): RpcClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`
  let id = 0
  return {
    async call(method, params) {
      const body = JSON.stringify({ jsonrpc: '1.0', id: ++id, method, params })
      const headers = { authorization, 'content-type': 'application/json' }
      const { status, text } = await post({ host, port, agent, headers }, body)
      if (status === 401 || status === 403)
        throw new Error(`JSON-RPC: ${host}:${port} refuses these credentials`)
      return readAnswer(text, status)
    },
    close: () => agent.destroy(),
  }
}

const ANSWER_BYTES_MAX = 64 * 2 ** 20

type Where = { host: string; port: number; agent: Agent; headers: Record<string, string> }

function post(where: Where, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ ...where, method: 'POST', path: '/' }, (answer) => {
      const parts: Buffer[] = []
      let length = 0
      answer.on('data', (part: Buffer) => {
        parts.push(part)
        length += part.length
        if (length > ANSWER_BYTES_MAX) asked.destroy(new Error('JSON-RPC: an answer of more than 64 MiB'))
      })
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** Errors come with status 500 or 404 and a body like any other. */
function readAnswer(text: string, status: number): RpcAnswer {
  let answer: { result?: unknown; error?: { code?: unknown; message?: unknown } | null } | null
  try {
    answer = JSON.parse(text)
  } catch {
    throw new Error(`JSON-RPC: no JSON in an answer with status ${status}: ${text.slice(0, 120).trim()}`)
  }
  if (typeof answer !== 'object' || answer === null)
    throw new Error(`JSON-RPC: expected an object, got ${text.slice(0, 120)}`)
  if (answer.error !== undefined && answer.error !== null)
    return { error: { code: Number(answer.error.code), message: String(answer.error.message) } }
  return { result: answer.result }
}
