import { hashFromHex } from '../../wire/index.ts'
import type { RpcNode } from '../node.ts'

/** What stands in a path behind the prefix, without its suffix, and what stands behind the question mark. */
export interface RestRequest {
  readonly words: readonly string[]
  readonly query: URLSearchParams
  /** Empty unless something was posted. */
  readonly body: Uint8Array
  /** The suffix of the path; empty where there is none. */
  readonly format: string
}

/** What is answered in each format that there is; nothing is made in one that was not asked for. */
export interface RestContent {
  readonly bin?: () => Uint8Array
  /** That of `bin`, unless it is another. */
  readonly hex?: () => string
  /** Plain data, in which a RawNumber may stand. */
  readonly json?: () => unknown
  readonly hledger?: () => string
}

/** One place that is read without credentials. */
export interface Route {
  /** Unique; the path begins with it. */
  readonly prefix: string
  /** One sentence, a verb phrase. */
  readonly summary: string
  /** May throw RestError. */
  run(request: RestRequest, node: RpcNode): RestContent
}

/** What a request is refused with. */
export class RestError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export function badRequest(message: string): RestError {
  return new RestError(400, message)
}

export function notFound(message: string): RestError {
  return new RestError(404, message)
}

/** The hash that a word of a path writes. Throws RestError. */
export function hashIn(word: string | undefined): Uint8Array {
  const hash = hashFromHex(word ?? '')
  if (hash === undefined) throw badRequest(`Invalid hash: ${word ?? ''}`)
  return hash
}

/** A flag of the query. Throws RestError. */
export function flagIn(query: URLSearchParams, name: string, fallback: boolean): boolean {
  const text = query.get(name) ?? String(fallback)
  if (text !== 'true' && text !== 'false')
    throw badRequest(`The "${name}" query parameter must be either "true" or "false".`)
  return text === 'true'
}

/** A whole number of the query within bounds. Throws RestError. */
export function numberIn(text: string, least: number, most: number, refusal: string): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : -1
  if (value < least || value > most) throw badRequest(refusal)
  return value
}
