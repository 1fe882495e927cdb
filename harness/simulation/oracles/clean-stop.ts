import type { BlockStatus, HashHex, Tip } from '../../ports/index.ts'
import type { Host } from '../simulator/host.ts'
import type { Finding, WatchedRun, Watcher } from '../simulator/watcher.ts'

/** What a node knew when it shut down in order. */
interface Memory {
  readonly boot: number
  readonly tip: Tip
  readonly digest: string
  readonly statuses: ReadonlyMap<HashHex, BlockStatus>
}

/** A node that shut down in order knows, when it is up again, all that it knew: tip, coins, blocks, what was overridden. */
export function watchCleanStops(run: WatchedRun): Watcher {
  const memories = new Map<Host, Memory>()
  return {
    stopping(host) {
      const { view } = host.node!
      const blocks = [...run.items].filter((item) => item.kind === 'block')
      memories.set(host, {
        boot: host.boot,
        tip: view.tip(),
        digest: view.coinDigest(),
        statuses: new Map(blocks.map(({ hash }) => [hash, view.status(hash)])),
      })
    },
    crashed(host, way) {
      if (way !== 'stop') memories.delete(host)
    },
    settled(host) {
      const memory = memories.get(host)
      if (memory === undefined || memory.boot === host.boot) return
      memories.delete(host)
      const finding = host.disk.damaged ? undefined : lost(host, memory)
      if (finding !== undefined) run.report({ oracle: 'restart', node: host.name, ...finding })
    },
  }

  function lost(host: Host, memory: Memory): Pick<Finding, 'expected' | 'actual' | 'text'> | undefined {
    const { view } = host.node!
    const tip = view.tip()
    const label = (hash: HashHex) => run.items.label(hash)
    const text = `${host.name} was shut down in order, and lost something over it`
    if (tip.chainWork < memory.tip.chainWork)
      return { expected: `a tip with the work of ${label(memory.tip.hash)}`, actual: label(tip.hash), text }
    if (tip.hash === memory.tip.hash && view.coinDigest() !== memory.digest)
      return { expected: `the coins ${memory.digest}`, actual: view.coinDigest(), text }
    for (const [hash, before] of memory.statuses) {
      const status = view.status(hash)
      if (RANK[status] < RANK[before])
        return { expected: `${label(hash)} ${before}`, actual: `${label(hash)} ${status}`, text }
    }
    return undefined
  }
}

/** How much is known of a block. What was valid may be called stored again: both have its body. */
const RANK: Record<BlockStatus, number> = { unknown: 0, header: 1, stored: 2, valid: 2, invalid: 3 }
