import type { Host } from '../simulator/host.ts'
import type { WatchedRun, Watcher } from '../simulator/watcher.ts'

/**
 * A node never serves coins that its disk made up: whenever it has started on a damaged disk, and at the end, its coins
 * counted one by one are those that it accounts for. It may also say that it cannot read them.
 */
export function watchStoredCoins(run: WatchedRun): Watcher {
  const boots = new Map<Host, number>()
  return {
    settled(host) {
      if (!host.disk.damaged || boots.get(host) === host.boot) return
      boots.set(host, host.boot)
      check(host)
    },
    finished() {
      for (const host of run.hosts) if (host.disk.damaged && host.node !== undefined) check(host)
    },
  }

  function check(host: Host): void {
    const { view } = host.node!
    const expected = view.coinDigest()
    const actual = recounted(host)
    if (actual === undefined || actual === expected) return
    const text = `${host.name} has other coins than it accounts for, and says nothing`
    run.report({ oracle: 'stored-coins', node: host.name, expected: `the coins ${expected}`, actual, text })
  }

  /** Undefined for a node that cannot recount, or that notices the damage. */
  function recounted(host: Host): string | undefined {
    try {
      return host.node!.view.recountedCoinDigest?.()
    } catch {
      run.mark('damage-noticed')
      return undefined
    }
  }
}
