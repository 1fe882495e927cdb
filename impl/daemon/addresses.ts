import type { ChainParameters } from '../chains/index.ts'
import { type Endpoint, parseEndpoint } from './endpoint.ts'
import { parseGrant } from './permissions.ts'
import { type Settings, SettingsError } from './settings.ts'

/** Where peers are awaited, and what those who come there may do. Throws SettingsError. */
export function peerAddresses(
  settings: Settings,
  chain: ChainParameters,
): (Endpoint & { permissions: readonly string[] })[] {
  const port = settings.integer('port') ?? chain.port
  const binds = settings
    .list('bind')
    .map((text) => ({ text: text.replace(/=onion$/, ''), permissions: [] as readonly string[] }))
  const grants = settings.list('whitebind').map(parseGrant)
  const asked = [...binds, ...grants.map(({ address, permissions }) => ({ text: address, permissions }))]
  const all = asked.length > 0 ? asked : [{ text: '0.0.0.0', permissions: [] }]
  return all.map(({ text, permissions }) => {
    const endpoint = parseEndpoint(text, port)
    if (endpoint === undefined) throw new SettingsError(`Cannot resolve -bind address: '${text}'`)
    return { ...endpoint, permissions }
  })
}

/** Where RPC is answered. Throws SettingsError. */
export function rpcAddresses(settings: Settings, chain: ChainParameters): Endpoint[] {
  const port = settings.integer('rpcport') ?? chain.rpcPort
  const asked = settings.list('rpcbind')
  // Without a list of who may come, nobody but this machine is let near. [Core HTTPBindAddresses]
  const open = settings.list('rpcallowip').length > 0 ? asked : []
  return (open.length > 0 ? open : ['127.0.0.1']).map((text) => {
    const endpoint = parseEndpoint(text, port)
    if (endpoint === undefined) throw new SettingsError(`Invalid port specified in -rpcbind: '${text}'`)
    return endpoint
  })
}
