import type { Branch, Transaction } from '../vocabulary/index.ts'
import { isCoinbase } from '../vocabulary/index.ts'
import { addToPool, EMPTY_POOL, judgeLoose } from './pool.ts'
import { type ForkState, isActive, tipCoins } from './state.ts'

/**
 * The pool after the tip has moved from `before`: what the blocks that left the chain held, oldest first, then what
 * was loose, each judged anew. What a new block holds or conflicts with falls out.
 */
export function refillPool(state: ForkState, before: Branch): ForkState {
  if (state.tip.hash === before.hash) return state
  const returning = transactionsAbove(state, before)
  if (returning.length === 0 && state.pool.transactions.isEmpty()) return state
  const context = { ...state, coins: tipCoins(state) }
  let pool = EMPTY_POOL
  for (const transaction of [...returning, ...state.pool.transactions.values()])
    if (judgeLoose(pool, transaction, context).outcome === 'accepted')
      pool = addToPool(pool, transaction, state.tip)
  return { ...state, pool }
}

/** The transactions, coinbases left out, of the blocks from `branch` down to the active chain, oldest first. */
function transactionsAbove(state: ForkState, branch: Branch): readonly Transaction[] {
  const blocks: (readonly Transaction[])[] = []
  for (let at: Branch | undefined = branch; at !== undefined && !isActive(state, at); at = at.parent)
    blocks.push(state.blocks.get(at.hash)!.transactions.filter((transaction) => !isCoinbase(transaction)))
  return blocks.reverse().flat()
}
