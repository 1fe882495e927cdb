import type { ChainParameters } from '../chains/index.ts'
import type { Log, PeerAddress, Settings } from '../daemon/index.ts'
import {
  type Connections,
  formatEndpoint,
  type HttpFront,
  peerAddresses,
  rpcAddresses,
} from '../daemon/index.ts'
import { listenHttp } from './http-server.ts'
import { listenTcp } from './tcp.ts'

/** [Core MAX_SIZE] */
const BODY_BYTES_MAX = 0x02000000

/** Awaits peers where options say; what ends that. Throws SettingsError, and what the system throws. */
export async function listenForPeers(
  settings: Settings,
  chain: ChainParameters,
  connections: Connections,
  log: Log,
): Promise<(() => unknown)[]> {
  if (!settings.flag('listen', true)) return []
  const closers: (() => unknown)[] = []
  for (const address of peerAddresses(settings, chain)) {
    const close = await listen(address, connections)
    const place = formatEndpoint(address.host, address.port)
    if (close === undefined) log.warning(`Unable to bind to ${place}`)
    else log.info(`Bound to ${place}`)
    if (close !== undefined) closers.push(close)
  }
  return closers
}

async function listen(
  { host, port, permissions, isExtra = false }: PeerAddress,
  connections: Connections,
): Promise<(() => void) | undefined> {
  try {
    return await listenTcp(host, port, (connection) => connections.accept(connection, permissions))
  } catch (error) {
    if (isExtra) return undefined
    throw error
  }
}

/** Answers RPC where options say; what ends that. A machine without IPv6 answers over IPv4 alone. */
export async function listenForRpc(
  settings: Settings,
  chain: ChainParameters,
  front: HttpFront,
): Promise<(() => unknown)[]> {
  if (!settings.flag('server', true)) return []
  const closers: (() => unknown)[] = []
  for (const { host, port } of rpcAddresses(settings, chain)) {
    try {
      closers.push(
        await listenHttp({
          host,
          port,
          bodyBytesMax: BODY_BYTES_MAX,
          readTimeoutMs: (settings.integer('rpcservertimeout') ?? 30) * 1000,
          answer: (request) => front.answer(request),
        }),
      )
    } catch (error) {
      if (closers.length === 0 || !NO_SUCH_ADDRESS.has((error as NodeJS.ErrnoException).code ?? ''))
        throw error
    }
  }
  return closers
}

const NO_SUCH_ADDRESS: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])
