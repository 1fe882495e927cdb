import { PROTOCOL_VERSION } from '../../../wire/index.ts'
import { coins } from '../../json.ts'
import { method } from '../../method.ts'
import { hex64, serviceNames } from '../../services.ts'

/** The version of Core whose interface this is. */
const INTERFACE_VERSION = 310000
const NETWORKS = ['ipv4', 'ipv6', 'onion', 'i2p', 'cjdns'] as const
const REACHABLE: ReadonlySet<string> = new Set(['ipv4', 'ipv6'])

export const getnetworkinfo = method({
  name: 'getnetworkinfo',
  category: 'network',
  summary: 'Returns the state of the network',
  parameters: {},
  run: (_values, { view, operations, connections }) => {
    const { network, pool } = view
    const peers = [...network.peers()]
    const inbound = peers.filter((peer) => peer.inbound).length
    return {
      version: INTERFACE_VERSION,
      subversion: operations.userAgent,
      protocolversion: PROTOCOL_VERSION,
      localservices: hex64(network.services),
      localservicesnames: serviceNames(network.services),
      localrelay: network.relaysTransactions,
      timeoffset: 0,
      networkactive: connections.isActive,
      connections: peers.length,
      connections_in: inbound,
      connections_out: peers.length - inbound,
      networks: NETWORKS.map((name) => ({
        name,
        limited: !REACHABLE.has(name),
        reachable: REACHABLE.has(name),
        proxy: '',
        proxy_randomize_credentials: false,
      })),
      relayfee: coins(pool.policy.minRelayFeeRate),
      incrementalfee: coins(pool.policy.incrementalFeeRate),
      localaddresses: [],
      warnings: operations.warnings,
    }
  },
})
