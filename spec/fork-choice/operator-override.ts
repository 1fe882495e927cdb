import type { Hash } from '../vocabulary/index.ts'
import { ancestorAt } from '../vocabulary/index.ts'
import { activateBestChain, descendants, markFailed } from './best-chain.ts'
import type { Judges } from './judge.ts'
import { createJudges } from './judge.ts'
import { retreat } from './move-tip.ts'
import type { ForkState } from './state.ts'

/** Transactions of this many blocks return to the pool; those of the blocks below are forgotten. [Core InvalidateBlock] */
const REMEMBERED_BLOCKS = 10

/**
 * Declares a block invalid, with everything above it. The chain is taken back block by block before the best branch is
 * looked for. Unknown blocks and genesis are left alone. [Core invalidateblock]
 */
export function invalidate(
  state: ForkState,
  hash: Hash,
  judges: Judges = createJudges(state.ask),
): ForkState {
  if (state.headers.get(hash)?.parent === undefined) return state
  let current = markFailed(state, hash, { kind: 'operator' })
  for (let count = 1; current.failures.has(current.tip.hash); count += 1)
    current = retreat(current, count > REMEMBERED_BLOCKS)
  return activateBestChain(current, judges, undefined)
}

/** Forgets that a block failed, and everything below and above it: they are judged again. [Core reconsiderblock] */
export function reconsider(
  state: ForkState,
  hash: Hash,
  judges: Judges = createJudges(state.ask),
): ForkState {
  const branch = state.headers.get(hash)
  if (branch === undefined) return state
  const above = new Set(descendants(state, hash))
  const failures = state.failures.filterNot((_, failed) => {
    const other = state.headers.get(failed)!
    return above.has(failed) || ancestorAt(branch, other.height)?.hash === failed
  })
  return activateBestChain({ ...state, failures }, judges, undefined)
}
