import type { CompiledBlock } from '../scenario/compiled.ts'
import type { Host } from '../simulator/host.ts'
import type { Network } from '../simulator/network.ts'
import type { WatchedRun, Watcher } from '../simulator/watcher.ts'
import { blockWithHash } from './history.ts'

/** Nodes that have had so long, undisturbed and with nothing new, must have found one another. */
const PATIENCE_MS = 60_000

/**
 * Liveness, asked when the run is over and the network long healed: every running node has one tip, or there is a
 * named reason why not: a tie, or a hand that has interfered with a node.
 */
export function watchLiveness(run: WatchedRun & { readonly network: Pick<Network, 'soundSince'> }): Watcher {
  const interfered = new Set<Host>()
  let lastNews = 0
  return {
    judged() {
      lastNews = run.now
    },
    restarted() {
      lastNews = run.now
    },
    intervened(host) {
      interfered.add(host)
    },
    finished() {
      const { soundSince } = run.network
      if (soundSince === undefined || run.now - Math.max(soundSince, lastNews) < PATIENCE_MS) return
      const tips = new Map<Host, CompiledBlock>()
      for (const host of run.hosts) {
        if (host.node === undefined || host.paused || interfered.has(host)) continue
        const tip = blockWithHash(run.items, host.node.view.tip().hash)
        if (tip !== undefined) tips.set(host, tip)
      }
      const [first, ...others] = tips
      if (first === undefined) return
      const [, tip] = first
      for (const [host, other] of others) {
        if (other.hash === tip.hash) continue
        if (other.chainWork === tip.chainWork) run.mark('tie')
        else report(host, other, tip)
      }
      if (others.length > 0) run.mark('converged')
    },
  }

  function report(host: Host, tip: CompiledBlock, other: CompiledBlock): void {
    const [lower, higher] = tip.chainWork < other.chainWork ? [tip, other] : [other, tip]
    run.report({
      oracle: 'liveness',
      node: host.name,
      item: tip.name,
      expected: `one tip, ${higher.name} (work ${higher.chainWork})`,
      actual: run.hosts.map((one) => `${one.name} at ${run.items.label(tipOf(one))}`).join(', '),
      text: `long after the network has healed some nodes are still at ${lower.name}`,
    })
  }
}

const tipOf = (host: Host) => host.node?.view.tip().hash ?? 'nothing'
