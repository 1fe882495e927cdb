import type { Hash } from '../vocabulary/index.ts'
import { ancestorAt } from '../vocabulary/index.ts'
import { activateBestChain, descendants, markFailed } from './best-chain.ts'
import type { Judges } from './judge.ts'
import { plainJudges } from './judge.ts'
import type { ForkState } from './state.ts'

/** Declares a block invalid, with everything above it. Unknown blocks and genesis are left alone. [Core invalidateblock] */
export function invalidate(state: ForkState, hash: Hash, judges: Judges = plainJudges): ForkState {
  if (state.headers.get(hash)?.parent === undefined) return state
  return activateBestChain(markFailed(state, hash, { kind: 'by-hand' }), judges, undefined)
}

/** Forgets that a block failed, and everything below and above it: they are judged anew. [Core reconsiderblock] */
export function reconsider(state: ForkState, hash: Hash, judges: Judges = plainJudges): ForkState {
  const branch = state.headers.get(hash)
  if (branch === undefined) return state
  const above = new Set(descendants(state, hash))
  const failures = state.failures.filterNot((_, failed) => {
    const other = state.headers.get(failed)!
    return above.has(failed) || ancestorAt(branch, other.height)?.hash === failed
  })
  return activateBestChain({ ...state, failures }, judges, undefined)
}
