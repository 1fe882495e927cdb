import type { ChainSession, HashHex, Subject, Tip, Verdict } from '../../ports/index.ts'
import type { CompiledBlock, CompiledItem, CompiledTransaction } from '../../scenario/index.ts'
import { factsOf } from '../../scenario/index.ts'
import type { Host } from '../simulator/host.ts'
import type { WatchedRun } from '../simulator/watcher.ts'
import { blockWithHash } from './history.ts'

/** Such a verdict changes what is thought of the blocks above. */
const isRefusal = ({ outcome }: Verdict) => outcome === 'rejected' || outcome === 'invalid-ancestor'

/** A block that was connected for one side and stored for the other, when there was more to come. */
interface Doubt {
  readonly item: CompiledBlock
  readonly actual: Verdict
  readonly expected: Verdict
}

/** What the specification holds true for one node. */
export class Follower {
  readonly host: Host
  view: ChainSession
  /** State may have moved since it was last compared. */
  moved = false
  /** The machine has restarted, and what it still knows is not settled. */
  recovering = false
  readonly #run: WatchedRun
  readonly #open: () => ChainSession
  readonly #known = new Set<HashHex>()
  /** Blocks that an operator once called invalid. */
  readonly #overridden = new Set<HashHex>()
  /** Blocks that were refused for what lies below them. */
  readonly #refused = new Set<CompiledBlock>()
  #doubts: Doubt[] = []

  constructor(run: WatchedRun, host: Host, open: () => ChainSession) {
    this.#run = run
    this.host = host
    this.#open = open
    this.view = open()
  }

  /** The specification's verdict on what the node has just judged in its own way. */
  judge(subject: Subject, item: CompiledItem, actual: Verdict): Verdict {
    const now = this.#run.clockOf(this.host)
    if (item.kind === 'transaction') return this.view.deliverTransaction(item.bytes, now)
    // A node reports what it thinks of a block when all is done for it; others may have come in since it was taken.
    if (isRefusal(actual)) this.#learnAllHeaders()
    else this.#learnHeadersBelow(item)
    this.#known.add(item.hash)
    if (subject === 'header') return this.view.deliverHeader(item.header, now)
    const verdict = this.view.deliverBlock(item.bytes, now)
    if (verdict.outcome === 'invalid-ancestor') this.#refused.add(item)
    return verdict
  }

  /** After an operator has reconsidered: blocks that the node had taken before are there again. */
  takeBackRefused(): void {
    for (const block of this.#refused) {
      const status = this.host.node!.view.status(block.hash)
      if (status !== 'stored' && status !== 'valid') continue
      this.#refused.delete(block)
      this.view.deliverBlock(block.bytes, this.#whenTaken(block))
    }
  }

  intervene(kind: 'invalidate' | 'reconsider', block: HashHex): void {
    this.#learnAllHeaders()
    this.view[kind](block)
    if (kind === 'invalidate') this.#overridden.add(block)
    this.moved = true
  }

  doubt(doubt: Doubt): void {
    this.#doubts.push(doubt)
  }

  takeDoubts(): readonly Doubt[] {
    const doubts = this.#doubts
    this.#doubts = []
    return doubts
  }

  /**
   * Whether the specification's pool held what the node has forgotten: this transaction, or one in its way or below
   * it. A pool is no part of consensus: after a reorganisation that failed, or for want of room, a node may have fewer.
   */
  isRicher(transaction: CompiledTransaction, expected: Verdict): boolean {
    if (expected.outcome === 'duplicate') return true
    const own = new Set(this.host.node!.view.mempool())
    return this.view.mempool().some((txid) => txid !== transaction.hash && !own.has(txid))
  }

  /** An unconfirmed transaction that the node keeps and the specification would not; not one of a conflicting pair, nor what spends it. */
  wrongInPool(): { readonly item: CompiledTransaction; readonly expected: Verdict } | undefined {
    const known = new Set(this.view.mempool())
    const strange = this.host
      .node!.view.mempool()
      .flatMap((txid) => (known.has(txid) ? [] : this.#run.items.withHash(txid).slice(0, 1)))
      .filter((item) => item.kind === 'transaction')
    const chosen = new Set<HashHex>()
    // A child may come before its parent: what is missing at first may be there when the others have been looked at.
    for (let left = strange, before = strange.length + 1; ; ) {
      const wrong = left.flatMap((item) => {
        const expected = this.view.deliverTransaction(item.bytes, this.#run.clockOf(this.host))
        if (expected.outcome !== 'rejected') return []
        if (expected.basis !== 'policy' && !spendsAnyOf(item, chosen)) return [{ item, expected }]
        chosen.add(item.hash)
        return []
      })
      if (wrong.length === 0 || wrong.length === before) return wrong[0]
      before = wrong.length
      left = wrong.map(({ item }) => item)
    }
  }

  /** Whether a node with this view stands where the specification does, with the same coins. */
  agrees(view: Pick<ChainSession, 'tip' | 'coinDigest'>): boolean {
    return view.tip().hash === this.view.tip().hash && view.coinDigest() === this.view.coinDigest()
  }

  /** Whether this is another tip than the specification's, with as much work. */
  isTie(tip: Tip): boolean {
    const own = this.view.tip()
    return own.hash !== tip.hash && own.chainWork === tip.chainWork
  }

  /** Whether the block is part of the specification's active chain. */
  isActive(block: CompiledBlock): boolean {
    let at = blockWithHash(this.#run.items, this.view.tip().hash)
    while (at !== undefined && at.height > block.height)
      at = at.parent === undefined ? undefined : this.#run.items.block(at.parent)
    return at?.hash === block.hash
  }

  /**
   * What the specification would hold had it been given just what the restarted node still has: its active chain
   * first (it wins ties), then the rest in the order in which it was made.
   */
  rebuild(): void {
    const { items } = this.#run
    const node = this.host.node!.view
    this.view = this.#open()
    this.#known.clear()
    this.#refused.clear()
    this.#doubts = []
    this.recovering = false
    this.moved = true
    const active = this.#branchTo(node.tip().hash)
    for (const block of active) this.#deliver(block)
    for (const item of items) {
      // Of several blocks with one hash the node has kept the one that was made first: the others are flawed.
      if (item.kind !== 'block' || items.withHash(item.hash)[0] !== item || this.#known.has(item.hash))
        continue
      const status = node.status(item.hash)
      if (status === 'unknown') continue
      const isOverridden = status === 'invalid' && this.#restsOnOverridden(item)
      // A node cannot know what a damaged disk still holds before it looks.
      if (status !== 'header' && !isOverridden && !this.host.disk.damaged) this.#deliver(item)
      else this.view.deliverHeader(item.header, this.#whenTaken(item))
      // Whether its body is still there shows only when the operator reconsiders.
      if (isOverridden) this.#refused.add(item)
    }
    // An operator's word outlives a restart where it was written down in time.
    for (const block of this.#overridden) if (node.status(block) === 'invalid') this.view.invalidate(block)
  }

  /** Whether the node still holds this block, or one below it, invalid because its operator said so. */
  #restsOnOverridden(block: CompiledBlock): boolean {
    const isOverridden = (hash: HashHex) =>
      this.#overridden.has(hash) && this.host.node!.view.status(hash) === 'invalid'
    return this.#branchTo(block.hash).some(({ hash }) => isOverridden(hash))
  }

  #deliver(block: CompiledBlock): void {
    this.#known.add(block.hash)
    this.view.deliverBlock(block.bytes, this.#whenTaken(block))
  }

  /** A time at which the node may have taken a block that it has: its clock may have gone back since. */
  #whenTaken(block: CompiledBlock): number {
    return Math.max(this.#run.clockOf(this.host), block.time)
  }

  /** A node hears of headers from its peers and says nothing about them; the specification must hear of them too. */
  #learnHeadersBelow(block: CompiledBlock): void {
    const unheard: CompiledBlock[] = []
    for (let at = block; at.parent !== undefined; ) {
      at = this.#run.items.block(at.parent)
      if (at.parent === undefined || this.#known.has(at.hash)) break
      unheard.push(at)
    }
    for (const one of unheard.reverse()) this.#learnHeader(one)
  }

  #learnAllHeaders(): void {
    for (const item of this.#run.items) if (item.kind === 'block') this.#learnHeader(item)
  }

  #learnHeader(block: CompiledBlock): void {
    if (this.#known.has(block.hash) || this.host.node!.view.status(block.hash) === 'unknown') return
    this.#known.add(block.hash)
    this.view.deliverHeader(block.header, this.#whenTaken(block))
  }

  #branchTo(hash: HashHex): CompiledBlock[] {
    const branch: CompiledBlock[] = []
    let block = blockWithHash(this.#run.items, hash)
    while (block?.parent !== undefined) {
      branch.push(block)
      block = this.#run.items.block(block.parent)
    }
    return branch.reverse()
  }
}

function spendsAnyOf(transaction: CompiledTransaction, txids: ReadonlySet<HashHex>): boolean {
  const inputs = factsOf(transaction)?.inputs ?? []
  return inputs.some(({ outpoint }) => txids.has(outpoint.slice(0, outpoint.indexOf(':'))))
}
