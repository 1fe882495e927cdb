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
 * holds what a node should tell the others, that nobody has found a better block since the last disturbance, so that
 * nothing was announced to those who had missed the one before, or that the better branch was still ahead of the node's
 * clock when it was announced, or of the clocks of all nodes between: it is refused then, and not asked for again. [Core ContextualCheckBlockHeader]
 */
export function watchLiveness(
  run: WatchedRun & { readonly network: Pick<Network, 'soundSince' | 'reachable'> },
): Watcher {
  const overruled = new Map<Host, Set<HashHex>>()
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
      if (kind === 'invalidate') overruled.set(host, (overruled.get(host) ?? new Set()).add(block))
      disturbedAt = run.now
    },
    finished() {
      const { soundSince } = run.network
      if (soundSince === undefined || foundAt < Math.max(soundSince, disturbedAt)) return
      if (run.now - foundAt < PATIENCE_MS) return
      if ([...overruled].some(([host, blocks]) => stillOverrules(host, blocks))) return
      if (run.hosts.some((host) => host.disk.damaged)) return
      const [first, ...others] = run.hosts.filter((host) => host.running && !host.paused)
      if (first === undefined || others.length === 0) return
      const reachable = run.network.reachable(first)
      const tip = blockWithHash(run.items, tipOf(first))
      for (const host of others) {
        const other = blockWithHash(run.items, tipOf(host))
        if (tip === undefined || other === undefined || other === tip || !reachable.has(host)) continue
        if (other.chainWork === tip.chainWork) run.mark('tie')
        else {
          const [behind, ahead, branch] =
            other.chainWork < tip.chainWork ? [host, first, tip] : [first, host, other]
          const silent = refusedAsTooEarly(branch)
          if (!silent.has(behind) && run.network.reachable(ahead, silent).has(behind))
            report(host, other, tip)
        }
      }
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

  function report(host: Host, tip: CompiledBlock, other: CompiledBlock): void {
    const [lower, higher] = tip.chainWork < other.chainWork ? [tip, other] : [other, tip]
    run.report({
      oracle: 'liveness',
      node: host.name,
      item: tip.name,
      expected: `one tip, ${higher.name} (work ${higher.chainWork})`,
      actual: run.hosts.map((each) => `${each.name} at ${run.items.label(tipOf(each))}`).join(', '),
      text: `long after the network has healed some nodes are still at ${lower.name}`,
    })
  }
}

/** Whether the node still takes one of these blocks for invalid; a word taken back may be lost in a crash. */
const stillOverrules = (host: Host, blocks: ReadonlySet<HashHex>) =>
  [...blocks].some((block) => host.node?.view.status(block) === 'invalid')

const tipOf = (host: Host) => host.node?.view.tip().hash ?? 'nothing'
