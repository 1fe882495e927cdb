import { verdictText } from '../../../reports/index.ts'
import type { ChainReference, SpecOracle, Verdict } from '../../ports/index.ts'
import { contradicts, isSameVerdict } from '../../ports/index.ts'
import type { CompiledItem } from '../../scenario/index.ts'
import type { Host } from '../simulator/host.ts'
import type { Recorder } from '../simulator/recorder.ts'
import type { Judgement, WatchedRun, Watcher } from '../simulator/watcher.ts'
import { Follower } from './follower.ts'

/** The specification beside every node: each verdict, and each settled tip and set of coins, is compared with its own. */
export function watchSpec(
  run: WatchedRun & { readonly recorder: Recorder },
  oracle: SpecOracle,
  chain: ChainReference,
): Watcher {
  const open = () => oracle.openChain(chain)
  const followers = new Map<Host, Follower>(run.hosts.map((host) => [host, new Follower(run, host, open)]))

  return {
    judged(host, judgement, item) {
      const follower = followers.get(host)!
      follower.moved = true
      if (follower.recovering) return
      if (item === undefined) strange(host, judgement)
      else compareVerdict(follower, judgement, item)
    },
    tip(host) {
      followers.get(host)!.moved = true
    },
    intervened(host, kind, block) {
      followers.get(host)!.intervene(kind, block)
    },
    restarted(host) {
      followers.get(host)!.recovering = true
    },
    settled(host) {
      const follower = followers.get(host)!
      if (follower.recovering) follower.rebuild()
      if (!follower.moved) return
      follower.moved = false
      follower.takeBackRefused()
      for (const { item, actual, expected } of follower.takeDoubts())
        if (follower.isActive(item) !== (actual.outcome === 'connected'))
          reportVerdict(host, item, actual, expected)
      compareState(host, follower)
      comparePool(host, follower)
    },
  }

  /** Nobody made this: a message that was corrupted on its way. It may only be refused. */
  function strange(host: Host, { subject, hash, verdict }: Judgement): void {
    if (verdict.outcome === 'rejected' || verdict.outcome === 'duplicate') return
    run.report({
      oracle: 'verdict',
      node: host.name,
      item: hash,
      expected: 'rejected: nobody made it',
      actual: verdictText(verdict),
      text: `${host.name} believes a ${subject} that nobody made`,
    })
  }

  function compareVerdict(follower: Follower, judgement: Judgement, item: CompiledItem): void {
    const { subject, hash, verdict: actual } = judgement
    const { host } = follower
    const expected = follower.judge(subject, item, actual)
    const agreed = host.disk.damaged
      ? !contradicts(expected, actual, subject)
      : isSameVerdict(expected, actual, { subject, strictness: 'exact' })
    const line = {
      type: 'verdict',
      at: run.now,
      node: host.name,
      subject,
      item: item.name,
      hash,
      verdict: actual,
    } as const
    // Where they agree, the specification still knows the rule.
    const rule = expected.outcome === 'rejected' ? expected.rule : undefined
    const named = rule === undefined ? actual : { ...actual, rule }
    run.recorder.line(agreed ? { ...line, verdict: named } : { ...line, expected })
    if (agreed) return
    if (item.kind === 'block' && isUnsettled(actual) && isUnsettled(expected))
      follower.doubt({ item, actual, expected })
    else if (item.kind === 'block' || !follower.isRicher(item, expected))
      reportVerdict(host, item, actual, expected)
  }

  function reportVerdict(host: Host, item: CompiledItem, actual: Verdict, expected: Verdict): void {
    run.report({
      oracle: 'verdict',
      node: host.name,
      item: item.name,
      expected: verdictText(expected),
      actual: verdictText(actual),
      text: `${host.name} says of ${item.name}: ${verdictText(actual)}; expected: ${verdictText(expected)}`,
    })
  }

  /** A node may forget unconfirmed transactions, but not keep what can no longer be mined. */
  function comparePool(host: Host, follower: Follower): void {
    const wrong = follower.wrongInPool()
    if (wrong === undefined) return
    const { item, expected } = wrong
    run.report({
      oracle: 'mempool',
      node: host.name,
      item: item.name,
      expected: `not there: ${verdictText(expected)}`,
      actual: 'in the mempool',
      text: `${host.name} keeps ${item.name} in its mempool; expected: ${verdictText(expected)}`,
    })
  }

  function compareState(host: Host, follower: Follower): void {
    const actual = host.node!.view
    // After a restart nobody knows any more which of two equal branches was seen first; and what a damaged disk has
    // lost is lost: the node may go on with the rest, but rightly.
    const isOld = host.boot > 1 && follower.isTie(actual.tip())
    if (isOld || (host.disk.damaged && !follower.agrees(actual))) follower.rebuild()
    const { view } = follower
    const tip = view.tip()
    const name = run.items.label(actual.tip().hash)
    if (actual.tip().hash !== tip.hash)
      run.report({
        oracle: 'tip',
        node: host.name,
        item: name,
        expected: `${run.items.label(tip.hash)} at height ${tip.height}`,
        actual: `${name} at height ${actual.tip().height}`,
        text: `${host.name} has its tip at ${name}; expected: ${run.items.label(tip.hash)}`,
      })
    else if (actual.coinDigest() !== view.coinDigest())
      run.report({
        oracle: 'digest',
        node: host.name,
        item: name,
        expected: `${view.coinDigest()} (${view.coinCount()} coins)`,
        actual: `${actual.coinDigest()} (${actual.coinCount()} coins)`,
        text: `${host.name} has other coins at ${name} than expected`,
      })
  }
}

/** Whether a block is connected may change while a node is still at work on others. */
const isUnsettled = ({ outcome }: Verdict) => outcome === 'connected' || outcome === 'stored'
