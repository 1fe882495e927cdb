import type { Branch, Transaction } from '../vocabulary/index.ts'
import { isCoinbase } from '../vocabulary/index.ts'
import { addToPool, EMPTY_POOL, judgeLoose } from './pool.ts'
import { type ForkState, isActive, tipCoins } from './state.ts'

/**
 * Makes `target`, whose blocks are connected, the tip, and the pool one for the block on top of it. When blocks leave
 * the chain, the pool is judged twice: where the new branch first has more work than the old tip, and at its end. That
 * matters, because what is dropped does not come back, and is convention, not consensus. Core may drop more: where the
 * tip goes down it does not measure the relative locks of loose children again. [Core ActivateBestChainStep]
 */
export function moveTip(state: ForkState, target: Branch): ForkState {
  let rest = target
  while (rest.parent !== undefined && rest.parent.chainWork > state.tip.chainWork) rest = rest.parent
  return settle(settle(state, rest), target)
}

/** Takes the highest block off the chain; its transactions become loose, or are forgotten. [Core InvalidateBlock] */
export function retreat(state: ForkState, isForgotten: boolean): ForkState {
  return settle(state, state.tip.parent!, isForgotten)
}

/**
 * The pool at a new tip: what the blocks that left the chain held, oldest first, then what was loose, each judged
 * anew. What a new block holds or conflicts with falls out. [Core MaybeUpdateMempoolForReorg, removeForBlock]
 */
function settle(state: ForkState, tip: Branch, isForgotten = false): ForkState {
  if (state.tip.hash === tip.hash) return state
  const moved = { ...state, tip }
  const returning = isForgotten ? [] : transactionsAbove(moved, state.tip)
  if (returning.length === 0 && state.pool.transactions.isEmpty()) return moved
  const context = { ...moved, coins: tipCoins(moved) }
  let pool = EMPTY_POOL
  for (const transaction of [...returning, ...state.pool.transactions.values()])
    if (judgeLoose(pool, transaction, context).outcome === 'accepted')
      pool = addToPool(pool, transaction, tip)
  return { ...moved, pool }
}

/** The transactions, coinbases left out, of the blocks from `branch` down to the active chain, oldest first. */
function transactionsAbove(state: ForkState, branch: Branch): readonly Transaction[] {
  const blocks: (readonly Transaction[])[] = []
  for (let at: Branch | undefined = branch; at !== undefined && !isActive(state, at); at = at.parent)
    blocks.push(state.blocks.get(at.hash)!.transactions.filter((transaction) => !isCoinbase(transaction)))
  return blocks.reverse().flat()
}
