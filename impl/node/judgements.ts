import type { Chainstate } from '../chainstate/index.ts'
import type { BlockVerdict } from '../validation/index.ts'
import { hashKey } from '../wire/index.ts'

/** Who waits for the fate of a block. */
export interface Waiting {
  readonly hash: Uint8Array
  readonly tag?: string
  readonly peer?: number
  /** It was put together from a compact block. */
  readonly isRebuilt?: boolean
}

const KEPT_MAX = 1000

/** Blocks that were kept and whose spending is yet to be judged. */
export class Judgements {
  readonly #waiting = new Map<string, Waiting[]>()
  /** The latest that were kept on a branch, the oldest first: they may fail when the branch becomes the best. */
  readonly #kept = new Map<string, Waiting>()
  /** Of the tip, when the chain was last at rest. */
  #workAtRest: bigint

  constructor(workAtRest: bigint) {
    this.#workAtRest = workAtRest
  }

  wait(waiting: Waiting): void {
    const key = hashKey(waiting.hash)
    const others = this.#waiting.get(key)
    if (others === undefined) this.#waiting.set(key, [waiting])
    else others.push(waiting)
  }

  /**
   * Those whose fate is settled: blocks that have failed; connected ones once no failure further on can take the chain
   * back below them, that is once it has more work than when it was last at rest; when it is at rest, all.
   */
  take(chainstate: Chainstate, isAtRest: boolean): { waiting: Waiting; verdict: BlockVerdict }[] {
    const { chainWork } = chainstate.tip
    const isKept = isAtRest || chainWork > this.#workAtRest
    if (isAtRest) this.#workAtRest = chainWork
    const settled: { waiting: Waiting; verdict: BlockVerdict }[] = []
    for (const [key, group] of this.#waiting) {
      const verdict = chainstate.verdictOf(group[0]!.hash)!
      if (verdict.outcome === 'stored' && !isAtRest) continue
      if (verdict.outcome === 'connected' && !isKept) continue
      this.#waiting.delete(key)
      if (verdict.outcome === 'stored') this.#keep(key, group[0]!)
      for (const waiting of group) settled.push({ waiting, verdict })
    }
    return settled
  }

  /** Who sent a block that was kept on a branch; asked for when it fails, once. */
  keptFrom(hash: Uint8Array): Waiting | undefined {
    const key = hashKey(hash)
    const kept = this.#kept.get(key)
    this.#kept.delete(key)
    return kept
  }

  #keep(key: string, waiting: Waiting): void {
    this.#kept.set(key, waiting)
    if (this.#kept.size > KEPT_MAX) this.#kept.delete(this.#kept.keys().next().value!)
  }
}
