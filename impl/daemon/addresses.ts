import type { ChainParameters } from '../chains/index.ts'
import { type Endpoint, formatEndpoint, parseEndpoint } from './endpoint.ts'
import { parseGrant } from './permissions.ts'
import { type Settings, SettingsError } from './settings.ts'

/** Where peers are awaited. */
export interface PeerAddress extends Endpoint {
  /** What those who come there may do. */
  readonly permissions: readonly string[]
  /** Nobody asked for it: a port that is taken does not matter. */
  readonly isExtra?: boolean
}

const ONION = /=onion$/

/** Where peers are awaited, and what those who come there may do. Throws SettingsError. [Core CConnman::InitBinds] */
export function peerAddresses(settings: Settings, chain: ChainParameters): PeerAddress[] {
  const port = portOf(settings, chain)
  const plain = settings.list('bind').map((text) => ({
    text: text.replace(ONION, ''),
    port: ONION.test(text) ? port + 1 : port,
    permissions: [] as readonly string[],
  }))
  const granted = settings
    .list('whitebind')
    .map(parseGrant)
    .map(({ address, permissions }) => ({ text: address, port, permissions }))
  const asked = [...plain, ...granted]
  if (asked.length === 0)
    return [
      { host: '0.0.0.0', port, permissions: [] },
      { host: '127.0.0.1', port: port + 1, permissions: [], isExtra: true },
    ]
  const taken = new Set<string>()
  return asked.map(({ text, port: usual, permissions }) => {
    const endpoint = parseEndpoint(text, usual)
    if (endpoint === undefined) throw new SettingsError(`Cannot resolve -bind address: '${text}'`)
    const name = formatEndpoint(endpoint.host, endpoint.port)
    if (taken.has(name))
      throw new SettingsError(
        `Duplicate binding configuration for address ${name}. Please check your -bind, -bind=...=onion and -whitebind settings.`,
      )
    taken.add(name)
    return { ...endpoint, permissions }
  })
}

function portOf(settings: Settings, chain: ChainParameters): number {
  const port = settings.integer('port') ?? chain.port
  if (port <= 0 || port > 0xffff)
    throw new SettingsError(`Invalid port specified in -port: '${settings.text('port')}'`)
  return port
}

const LOOPBACK = ['127.0.0.1', '::1']

/** Where RPC is answered. Throws SettingsError. */
export function rpcAddresses(settings: Settings, chain: ChainParameters): Endpoint[] {
  const port = settings.integer('rpcport') ?? chain.rpcPort
  const asked = settings.list('rpcbind')
  // Without a list of who may come, nobody but this machine is let near. [Core HTTPBindAddresses]
  const open = settings.list('rpcallowip').length > 0 ? asked : []
  return (open.length > 0 ? open : LOOPBACK).map((text) => {
    const endpoint = parseEndpoint(text, port)
    if (endpoint === undefined) throw new SettingsError(`Invalid port specified in -rpcbind: '${text}'`)
    return endpoint
  })
}
