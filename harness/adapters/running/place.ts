import { readFileSync } from 'node:fs'
import { TargetError } from '../abstention.ts'
import type { RpcPlace } from '../process/rpc.ts'

/** Where a node listens that runs already. */
export interface NodePlace {
  readonly rpc: RpcPlace
  /** Absent: it is given blocks by `submitblock` alone. */
  readonly p2p?: { readonly host: string; readonly port: number }
}

export const PLACE_HELP = 'URL[+p2p:HOST:PORT]'

/**
 * `http://user:password@host:port+p2p:host:port`, or `http://host:port?cookie=FILE` for a node that keeps its credentials
 * in a file.
 * @throws TargetError where it is none, or the cookie cannot be read
 */
export function readPlace(argument: string): NodePlace {
  const wrong = new TargetError(
    `rpc:${argument}: expected rpc:http://user:password@host:port or rpc:http://host:port?cookie=FILE, and perhaps +p2p:host:port`,
  )
  const [, address, peer] = /^(.*?)(?:\+p2p:(.*))?$/s.exec(argument)!
  const url = URL.canParse(address!) ? new URL(address!) : undefined
  if (url?.protocol !== 'http:' || url.port === '') throw wrong
  const rpc = { host: url.hostname, port: Number(url.port), credentials: credentialsIn(url) }
  if (peer === undefined) return { rpc }
  const [, host, port] = /^(.+):(\d+)$/.exec(peer) ?? []
  if (host === undefined || Number(port) > 0xffff) throw wrong
  return { rpc, p2p: { host, port: Number(port) } }
}

function credentialsIn(url: URL): string {
  const cookie = url.searchParams.get('cookie')
  if (cookie === null) return `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  try {
    return readFileSync(cookie, 'utf8').trim()
  } catch {
    throw new TargetError(`${cookie}: cannot be read`)
  }
}
