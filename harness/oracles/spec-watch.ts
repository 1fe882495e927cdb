import type { ChainReference, ChainSession } from '../ports/engine.ts'
import type { Subject } from '../ports/node.ts'
import type { SpecOracle } from '../ports/oracle.ts'
import type { Verdict } from '../ports/verdict.ts'
import type { CompiledBlock, CompiledItem } from '../scenario/compiled.ts'
import type { Host } from '../simulator/host.ts'
import type { Recorder } from '../simulator/recorder.ts'
import type { WatchedRun, Watcher } from '../simulator/watcher.ts'
import { isSameVerdict, verdictText } from './compare.ts'
import { blockWithHash } from './history.ts'

/** What the specification holds true for one node. */
interface Follower {
  view: ChainSession
  /** State may have moved since it was last compared. */
  moved: boolean
  /** The machine has restarted, and what it still knows is not settled. */
  recovering: boolean
}

/** The specification beside every node: each verdict, and each settled tip and set of coins, is compared with its own. */
export function watchSpec(
  run: WatchedRun & { readonly recorder: Recorder },
  oracle: SpecOracle,
  chain: ChainReference,
): Watcher {
  const followers = new Map<Host, Follower>(
    run.hosts.map((host) => [host, { view: oracle.openChain(chain), moved: false, recovering: false }]),
  )

  return {
    judged(host, { subject, hash, verdict }, item) {
      const follower = followers.get(host)!
      follower.moved = true
      if (follower.recovering) return
      const name = item?.name ?? run.items.label(hash)
      const expected = item === undefined ? undefined : judge(follower.view, subject, item, run.clockOf(host))
      const agreed = expected === undefined ? isRefusal(verdict) : isSameVerdict(subject, verdict, expected)
      const line = {
        type: 'verdict',
        at: run.now,
        node: host.name,
        subject,
        item: name,
        hash,
        verdict,
      } as const
      run.recorder.line(agreed || expected === undefined ? line : { ...line, expected })
      if (agreed) return
      run.report({
        oracle: 'verdict',
        node: host.name,
        item: name,
        expected: expected === undefined ? 'rejected: nobody made it' : verdictText(expected),
        actual: verdictText(verdict),
        text: `${host.name} says of ${subject} ${name}: ${verdictText(verdict)}`,
      })
    },
    tip(host) {
      followers.get(host)!.moved = true
    },
    intervened(host, kind, block) {
      const follower = followers.get(host)!
      follower.view[kind](block)
      follower.moved = true
    },
    restarted(host) {
      Object.assign(followers.get(host)!, { recovering: true, moved: true })
    },
    settled(host) {
      const follower = followers.get(host)!
      if (!follower.moved) return
      if (follower.recovering) {
        follower.view = rebuild(run, host, oracle.openChain(chain))
        follower.recovering = false
      }
      follower.moved = false
      compareState(run, host, follower.view)
    },
  }
}

function judge(view: ChainSession, subject: Subject, item: CompiledItem, now: number): Verdict {
  if (item.kind === 'transaction') return view.deliverTransaction(item.bytes, now)
  return subject === 'header' ? view.deliverHeader(item.header, now) : view.deliverBlock(item.bytes, now)
}

function compareState(run: WatchedRun, host: Host, view: ChainSession): void {
  const actual = host.node!.view
  const tip = view.tip()
  if (actual.tip().hash !== tip.hash) {
    const name = run.items.label(actual.tip().hash)
    run.report({
      oracle: 'tip',
      node: host.name,
      item: name,
      expected: `${run.items.label(tip.hash)} at height ${tip.height}`,
      actual: `${name} at height ${actual.tip().height}`,
      text: `${host.name} has its tip at ${name}`,
    })
  } else if (actual.coinDigest() !== view.coinDigest())
    run.report({
      oracle: 'digest',
      node: host.name,
      item: run.items.label(tip.hash),
      expected: `${view.coinDigest()} (${view.coinCount()} coins)`,
      actual: `${actual.coinDigest()} (${actual.coinCount()} coins)`,
      text: `${host.name} has other coins at ${run.items.label(tip.hash)}`,
    })
}

/**
 * What the specification would hold had it been given just what the restarted node still has: its active chain
 * first (it wins ties), then the rest in the order in which it was made.
 */
function rebuild(run: WatchedRun, host: Host, view: ChainSession): ChainSession {
  const node = host.node!.view
  const now = run.clockOf(host)
  const active: CompiledBlock[] = []
  let block = blockWithHash(run.items, node.tip().hash)
  while (block?.parent !== undefined) {
    active.push(block)
    block = run.items.block(block.parent)
  }
  for (const one of active.reverse()) view.deliverBlock(one.bytes, now)
  for (const item of run.items) {
    if (item.kind !== 'block' || item.parent === undefined || active.includes(item)) continue
    const status = run.items.withHash(item.hash)[0] === item ? node.status(item.hash) : 'unknown'
    if (status === 'header') view.deliverHeader(item.header, now)
    else if (status !== 'unknown') view.deliverBlock(item.bytes, now)
  }
  return view
}

const isRefusal = (verdict: Verdict) => verdict.outcome === 'rejected' || verdict.outcome === 'duplicate'
