import type { HashHex } from '../../ports/index.ts'
import type { CompiledBlock } from '../../scenario/index.ts'
import type { Host } from '../simulator/host.ts'
import type { Network } from '../simulator/network.ts'
import type { WatchedRun, Watcher } from '../simulator/watcher.ts'
import { blockWithHash } from './history.ts'

/** Nodes that have had so long, undisturbed, must have found one another. */
const PATIENCE_MS = 60_000

/**
 * Liveness, asked when the run is over and the network long healed: every running node has one tip, or there is a
 * named reason why not: no way between them, a tie, an operator who still calls a block invalid, a disk that no longer
 * holds what a node should send the others, that nobody has found a better block since the last disturbance, so that
 * nothing was announced to those who had missed the one before, or that the better branch was still ahead of the node's
 * clock when it was announced, or of the clocks of all nodes between: it is refused then, and not asked for again. [Core ContextualCheckBlockHeader]
 */
export function watchLiveness(
  run: WatchedRun & { readonly network: Pick<Network, 'soundSince' | 'reachable'> },
): Watcher {
  const overridden = new Map<Host, Set<HashHex>>()
  /** When each node last refused a block as too early. */
  const tooEarlyAt = new Map<Host, Map<HashHex, number>>()
  let mostWork = 0n
  /** When the best block became somebody's tip, and when a node was last meddled with. */
  let foundAt = 0
  let disturbedAt = 0
  return {
    judged(host, { subject, hash, verdict }) {
      if (subject === 'transaction' || verdict.outcome !== 'rejected' || verdict.class !== 'premature') return
      tooEarlyAt.set(host, (tooEarlyAt.get(host) ?? new Map()).set(hash, run.now))
    },
    tip(_, hash) {
      const work = blockWithHash(run.items, hash)?.chainWork ?? 0n
      if (work <= mostWork) return
      mostWork = work
      foundAt = run.now
    },
    restarted() {
      disturbedAt = run.now
    },
    intervened(host, kind, block) {
      if (kind === 'invalidate') overridden.set(host, (overridden.get(host) ?? new Set()).add(block))
      disturbedAt = run.now
    },
    finished() {
      const { soundSince } = run.network
      if (soundSince === undefined || foundAt < Math.max(soundSince, disturbedAt)) return
      if (run.now - foundAt < PATIENCE_MS) return
      if ([...overridden].some(([host, blocks]) => stillOverrides(host, blocks))) return
      if (run.hosts.some((host) => host.disk.damaged)) return
      const awake = run.hosts.filter((host) => host.running && !host.paused)
      if (awake.length < 2) return
      for (const host of awake) judgeBehind(host, awake)
      run.mark('converged')
    },
  }

  /** The nodes that refused a block of this branch as too early when the best block was announced, or later. */
  function refusedAsTooEarly(branch: CompiledBlock): Set<Host> {
    const refusing = new Set<Host>()
    for (let block = branch; block.parent !== undefined; block = run.items.block(block.parent))
      for (const [host, refusals] of tooEarlyAt)
        if ((refusals.get(block.hash) ?? -1) >= foundAt) refusing.add(host)
    return refusing
  }

  /** Reports a node that could have heard of a better tip from one of the others, the best of them first. */
  function judgeBehind(behind: Host, awake: readonly Host[]): void {
    const tip = blockWithHash(run.items, tipOf(behind))
    if (tip === undefined) return
    const others = awake.flatMap((host) => {
      const best = blockWithHash(run.items, tipOf(host))
      return best === undefined || best === tip || !run.network.reachable(host).has(behind)
        ? []
        : [{ host, best }]
    })
    if (others.some(({ best }) => best.chainWork === tip.chainWork)) run.mark('tie')
    const ahead = others.filter(({ best }) => best.chainWork > tip.chainWork)
    ahead.sort((a, b) => (a.best.chainWork < b.best.chainWork ? 1 : -1))
    const heard = ahead.find(({ host, best }) => {
      const silent = refusedAsTooEarly(best)
      return !silent.has(behind) && run.network.reachable(host, silent).has(behind)
    })
    if (heard !== undefined) report(behind, tip, heard.best)
  }

  function report(behind: Host, tip: CompiledBlock, best: CompiledBlock): void {
    run.report({
      oracle: 'liveness',
      node: behind.name,
      item: tip.name,
      expected: `one tip, ${best.name} (work ${best.chainWork})`,
      actual: run.hosts.map((host) => `${host.name} at ${run.items.label(tipOf(host))}`).join(', '),
      text: `${behind.name} is still at ${tip.name}, long after the network has healed`,
    })
  }
}

/** Whether the node still takes one of these blocks for invalid; a word taken back may be lost in a crash. */
const stillOverrides = (host: Host, blocks: ReadonlySet<HashHex>) =>
  [...blocks].some((block) => host.node?.view.status(block) === 'invalid')

const tipOf = (host: Host) => host.node?.view.tip().hash ?? 'nothing'
