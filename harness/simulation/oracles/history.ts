import type { HashHex } from '../../ports/index.ts'
import type { CompiledBlock, CompiledItem, ItemTable } from '../../scenario/index.ts'
import { isTimeLock, lockDistance, type TransactionFacts, transactionsIn } from '../../scenario/index.ts'
import type { Host } from '../simulator/host.ts'
import type { Recorder } from '../simulator/recorder.ts'
import type { Judgement, WatchedRun, Watcher } from '../simulator/watcher.ts'

const DEEP_REORG_BLOCKS = 6
const RELATIVE_LOCK_DISABLED = 0x80000000

/** Writes down how each node's tip moved, and marks the rare events that a run went through. */
export function watchHistory(run: WatchedRun & { readonly recorder: Recorder }): Watcher {
  const tips = new Map<Host, CompiledBlock>()
  /** Nodes whose tip has moved since it was last written down. */
  const moved = new Set<Host>()
  /** Coin -> the first transaction seen to spend it. */
  const spenders = new Map<string, string>()

  return {
    judged(host, judgement, item) {
      markVerdict(run, judgement)
      if (item === undefined || judgement.subject === 'header') return
      for (const facts of transactionsIn(item)) markConflicts(facts)
      markLocks(host, item)
    },
    tip(host) {
      moved.add(host)
    },
    settled(host) {
      if (!moved.delete(host) || host.node === undefined) return
      const { hash, height } = host.node.view.tip()
      const next = blockWithHash(run.items, hash)
      const before = tips.get(host)
      if (next === undefined || before === next) return
      tips.set(host, next)
      const disconnected = before === undefined ? 0 : before.height - forkHeight(run.items, before, next)
      if (disconnected > 0) run.mark('reorg')
      if (disconnected >= DEEP_REORG_BLOCKS) run.mark('deep-reorg')
      if (before !== undefined && next.height < before.height) run.mark('shorter-branch-wins')
      run.recorder.line({
        type: 'tip',
        at: run.now,
        node: host.name,
        item: next.name,
        hash,
        height,
        disconnected,
      })
    },
    crashed(host) {
      tips.delete(host)
    },
  }

  function markConflicts(facts: TransactionFacts): void {
    for (const { outpoint } of facts.inputs) {
      const first = spenders.get(outpoint)
      if (first === undefined) spenders.set(outpoint, facts.txid)
      else if (first !== facts.txid) run.mark('conflict')
    }
  }

  function markLocks(host: Host, item: CompiledItem): void {
    const parent = item.kind === 'block' ? run.items.block(item.parent!) : tips.get(host)
    if (parent === undefined) return
    for (const facts of transactionsIn(item)) {
      const distance = lockDistance(facts, parent.height + 1, parent.medianTime)
      if (distance !== undefined && Math.abs(distance) <= 1)
        run.mark(`lock-${isTimeLock(facts) ? 'time' : 'height'}-${distance <= 0 ? 'open' : 'shut'}`)
      if (facts.version >= 2 && facts.inputs.some((input) => input.sequence < RELATIVE_LOCK_DISABLED))
        run.mark('lock-relative')
    }
  }
}

function markVerdict(run: WatchedRun, { subject, verdict }: Judgement): void {
  if (verdict.outcome === 'invalid-ancestor') run.mark('invalid-ancestor')
  if (verdict.outcome === 'rejected') run.mark(`${subject}-${verdict.class}`)
  if (verdict.outcome === 'stored') run.mark('side-branch')
}

/** The original where copies share the hash. */
export function blockWithHash(items: ItemTable, hash: HashHex): CompiledBlock | undefined {
  const item = items.withHash(hash)[0]
  return item?.kind === 'block' ? item : undefined
}

/** Height of the last block that both branches share. */
function forkHeight(items: ItemTable, first: CompiledBlock, second: CompiledBlock): number {
  let left = first
  let right = second
  while (left.hash !== right.hash) {
    if (left.height >= right.height) left = items.block(left.parent!)
    else right = items.block(right.parent!)
  }
  return left.height
}
