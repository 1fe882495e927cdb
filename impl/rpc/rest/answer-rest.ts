import { bytesToHex } from '../../wire/index.ts'
import { encodeJson } from '../json.ts'
import type { RpcNode } from '../node.ts'
import { RpcError } from '../rpc-error.ts'
import { badRequest, notFound, type RestContent, RestError, type Route } from './route.ts'

/** What is sent back over HTTP. */
export interface RestAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string | Uint8Array
}

/** [Core http_request_cb] */
const BAD_URI = 'URI parsing failed, it likely contained RFC 3986 invalid characters'
const FORMATS = ['bin', 'hex', 'json', 'hledger'] as const
type Format = (typeof FORMATS)[number]

/** Answers a request to a path that begins with /rest/. [Core rest.cpp] */
export function answerRest(
  routes: readonly Route[],
  path: string,
  body: Uint8Array,
  node: RpcNode,
): RestAnswer {
  try {
    if (/%(?![0-9a-fA-F]{2})/.test(path)) throw badRequest(BAD_URI)
    const [place = '', query = ''] = path.split('?', 2)
    const route = routes.find(({ prefix }) => place.startsWith(prefix))
    if (route === undefined) throw notFound('Not Found')
    const { words, format } = readPlace(place.slice(route.prefix.length))
    const content = route.run({ words, query: new URLSearchParams(query), body, format }, node)
    return render(content, format)
  } catch (error) {
    if (error instanceof RestError) return refuse(error.status, error.message)
    if (error instanceof RpcError) return refuse(400, error.message)
    throw error
  }
}

/** The words between slashes, and the suffix behind the last dot where it is the name of a format. */
function readPlace(text: string): { words: string[]; format: string } {
  const dot = text.lastIndexOf('.')
  const suffix = dot < 0 ? '' : text.slice(dot + 1)
  const isFormat = (FORMATS as readonly string[]).includes(suffix)
  const bare = isFormat ? text.slice(0, dot) : text
  return { words: bare.split('/').filter((word) => word !== ''), format: isFormat ? suffix : '' }
}

function render(content: RestContent, format: string): RestAnswer {
  const { bin, hex, json, hledger } = content
  if (format === 'bin' && bin !== undefined) return ok('application/octet-stream', bin())
  if (format === 'hex' && (hex ?? bin) !== undefined)
    return ok('text/plain', `${hex === undefined ? bytesToHex(bin!()) : hex()}\n`)
  if (format === 'json' && json !== undefined) return ok('application/json', `${encodeJson(json())}\n`)
  if (format === 'hledger' && hledger !== undefined) return ok('text/plain; charset=utf-8', hledger())
  const offered = formatsOf(content)
  const names = offered.length > 1 ? offered.map((name) => `.${name}`).join(', ') : offered.join('')
  return refuse(404, `output format not found (available: ${names})`)
}

function formatsOf({ bin, hex, json, hledger }: RestContent): Format[] {
  const offered = { bin, hex: hex ?? bin, json, hledger }
  return FORMATS.filter((name) => offered[name] !== undefined)
}

function ok(contentType: string, body: string | Uint8Array): RestAnswer {
  return { status: 200, contentType, body }
}

function refuse(status: number, message: string): RestAnswer {
  return { status, contentType: 'text/plain', body: `${message}\r\n` }
}
