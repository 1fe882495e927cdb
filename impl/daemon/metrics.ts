import type { NodeView } from '../node/index.ts'
import type { RpcConnections } from '../rpc/index.ts'

/** Numbers that an operator watches, and what each means. Times in seconds, sizes in bytes, amounts in coins. */
export interface MetricPort {
  /** A number that is read whenever somebody asks. */
  gauge(name: string, help: string, read: () => number): void
  /** A number for each of some labels' values. */
  gauges(name: string, help: string, label: string, read: () => Readonly<Record<string, number>>): void
  /** A number that only grows, read whenever somebody asks. */
  counter(name: string, help: string, read: () => number): void
  /** How long things take; returns what notes one. */
  histogram(name: string, help: string, bounds: readonly number[]): (value: number) => void
}

/** What the daemon has to report, beside the node. */
export interface MeteredDaemon {
  readonly view: NodeView
  readonly connections: Pick<RpcConnections, 'totals' | 'facts'>
  now(): number
  diskUsage(): number
}

const STEP_BOUNDS_SECONDS = [0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5]
const SATS_PER_COIN = 100_000_000

/** Registers everything that is watched. `stepped` notes how long one step of the node took, in seconds. */
export function registerMetrics(
  port: MetricPort,
  daemon: MeteredDaemon,
): { readonly stepped: (seconds: number) => void; readonly connected: (seconds: number) => void } {
  const { view, connections } = daemon
  const { chain, pool, network } = view
  port.gauge('touchstone_blocks', 'Height of the tip', () => chain.tip.height)
  port.gauge('touchstone_headers', 'Height of the best header', () => chain.headerTip.height)
  port.gauge('touchstone_tip_age_seconds', 'Age of the tip by its own time', () =>
    Math.max(0, daemon.now() / 1000 - chain.tip.time),
  )
  port.gauge('touchstone_catching_up', '1 while the node is far behind the present', () =>
    Number(network.isCatchingUp(daemon.now())),
  )
  port.gauge('touchstone_coins', 'Unspent coins', () => chain.coinCount)
  port.gauge('touchstone_block_files_bytes', 'Size of the block files', () => daemon.diskUsage())
  port.gauge('touchstone_mempool_transactions', 'Unconfirmed transactions', () => pool.pool.size)
  port.gauge('touchstone_mempool_bytes', 'Estimated memory of the pool', () => pool.pool.memory)
  port.gauge(
    'touchstone_mempool_fee_rate',
    'Coins per 1,000 virtual bytes that the pool asks',
    () => pool.feeRate(Math.floor(daemon.now() / 1000)) / SATS_PER_COIN,
  )
  port.gauge(
    'touchstone_unbroadcast_transactions',
    'Own transactions that no peer has fetched',
    () => network.unbroadcast.size,
  )
  port.gauges('touchstone_peers', 'Connections by type', 'type', () => peersByType(daemon))
  port.counter('touchstone_sent_bytes_total', 'Bytes sent to peers', () => connections.totals.sent)
  port.counter(
    'touchstone_received_bytes_total',
    'Bytes received from peers',
    () => connections.totals.received,
  )
  return {
    stepped: port.histogram('touchstone_step_seconds', 'Duration of a step of the node', STEP_BOUNDS_SECONDS),
    connected: port.histogram(
      'touchstone_connect_seconds',
      'Duration of the step that made a block the tip',
      STEP_BOUNDS_SECONDS,
    ),
  }
}

function peersByType({ view, connections }: MeteredDaemon): Record<string, number> {
  const counts: Record<string, number> = {
    inbound: 0,
    manual: 0,
    'outbound-full-relay': 0,
    'block-relay-only': 0,
  }
  for (const { id } of view.network.peers()) {
    const type = connections.facts(id)?.type
    if (type !== undefined) counts[type] = (counts[type] ?? 0) + 1
  }
  return counts
}
