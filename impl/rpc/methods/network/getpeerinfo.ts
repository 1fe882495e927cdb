import type { Peer } from '../../../peers/index.ts'
import { coins, RawNumber } from '../../json.ts'
import { method } from '../../method.ts'
import type { RpcNode } from '../../node.ts'
import { hex64, serviceNames } from '../../services.ts'

export const getpeerinfo = method({
  name: 'getpeerinfo',
  category: 'network',
  summary: 'Returns what is known of each connection',
  parameters: {},
  run: (_values, node) => Array.from(node.view.network.peers(), (peer) => describe(peer, node)),
})

function describe(peer: Peer, { connections, now }: RpcNode) {
  const facts = connections.facts(peer.id)
  const { version } = peer
  const services = version?.services ?? 0n
  return {
    id: peer.id,
    addr: facts?.address ?? peer.host,
    addrbind: facts?.localAddress,
    network: peer.host.includes(':') ? 'ipv6' : 'ipv4',
    services: hex64(services),
    servicesnames: serviceNames(services),
    relaytxes: peer.takesTransactions,
    last_inv_sequence: peer.transactions.announcedUpTo,
    inv_to_send: peer.transactions.announcements.size,
    lastsend: facts?.lastSend ?? 0,
    lastrecv: facts?.lastReceive ?? 0,
    last_transaction: Math.floor(peer.transactionAt / 1000),
    last_block: Math.floor(peer.blockAt / 1000),
    bytessent: facts?.bytesSent ?? 0,
    bytesrecv: facts?.bytesReceived ?? 0,
    conntime: Math.floor(peer.connectedAt / 1000),
    timeoffset: version === undefined ? 0 : Number(version.time) - Math.floor(peer.connectedAt / 1000),
    ...(peer.connection.pongMs === undefined
      ? {}
      : { pingtime: seconds(peer.connection.pongMs), minping: seconds(peer.connection.pongMsMin!) }),
    ...(peer.connection.pingNonce === undefined
      ? {}
      : { pingwait: seconds(now() - peer.connection.pingedAt) }),
    version: version?.version ?? 0,
    subver: version?.userAgent ?? '',
    inbound: peer.inbound,
    bip152_hb_to: peer.blocks.sendsCompactUnasked,
    bip152_hb_from: peer.blocks.wantsCompactUnasked,
    startingheight: version?.startHeight ?? -1,
    presynced_headers: peer.headers.presync?.height ?? -1,
    synced_headers: peer.best?.height ?? -1,
    synced_blocks: peer.blocks.common?.height ?? -1,
    inflight: Array.from(peer.blocks.inFlight.values(), ({ node }) => node?.height ?? -1),
    addr_relay_enabled: false,
    addr_processed: 0,
    addr_rate_limited: 0,
    permissions: facts?.permissions ?? [],
    minfeefilter: coins(peer.transactions.feeFilter),
    bytessent_per_msg: facts?.sentPerMessage ?? {},
    bytesrecv_per_msg: Object.fromEntries(peer.bytesPerCommand),
    connection_type: facts?.type ?? (peer.inbound ? 'inbound' : 'manual'),
    transport_protocol_type: 'v1',
    session_id: '',
  }
}

function seconds(ms: number): RawNumber {
  return new RawNumber((ms / 1000).toFixed(6))
}
