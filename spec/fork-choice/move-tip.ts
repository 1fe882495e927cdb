import { txid } from '../encoding/index.ts'
import { refill } from '../mempool/index.ts'
import type { Branch, Transaction } from '../vocabulary/index.ts'
import { isCoinbase } from '../vocabulary/index.ts'
import { type ForkState, isActive, poolContext } from './state.ts'

/**
 * Makes `target`, whose blocks are connected, the tip, and the pool one for the block on top of it. When blocks leave
 * the chain, the pool is judged twice: where the new branch first has more work than the old tip, and at its end. That
 * matters, because what is dropped does not come back, and is convention, not consensus. Core may drop more: where the
 * tip goes down it does not measure the relative locks of unconfirmed children again. [Core ActivateBestChainStep]
 */
export function moveTip(state: ForkState, target: Branch): ForkState {
  let rest = target
  while (rest.parent !== undefined && rest.parent.chainWork > state.tip.chainWork) rest = rest.parent
  return settle(settle(state, rest), target)
}

/** Takes the highest block off the chain; its transactions become unconfirmed, or are forgotten. [Core InvalidateBlock] */
export function retreat(state: ForkState, isForgotten: boolean): ForkState {
  return settle(state, state.tip.parent!, isForgotten)
}

/**
 * The pool at a new tip: what the blocks that left the chain held, oldest first, then what was unconfirmed, each judged
 * again. What a new block holds falls out, and what is refused falls with all that spends it by name, even where a
 * confirmed transaction of that name has the coin. [Core MaybeUpdateMempoolForReorg, removeForBlock, removeRecursive]
 */
function settle(state: ForkState, tip: Branch, isForgotten = false): ForkState {
  if (state.tip.hash === tip.hash) return state
  const moved = { ...state, tip }
  const left = transactionsAbove(moved, state.tip)
  const unconfirmed = [...state.pool.transactions.values()]
  if (left.length === 0 && unconfirmed.length === 0) return moved
  const confirmed = new Set(transactionsAbove(state, tip).map(txid))
  const returning = left.filter((transaction) => !confirmed.has(txid(transaction)))
  const isRefused = (transaction: Transaction) =>
    isForgotten || isCoinbase(transaction) || state.pool.transactions.has(txid(transaction))
  const fallen = new Set(returning.filter(isRefused).map(txid))
  const candidates = [...returning, ...unconfirmed].filter((transaction) => !confirmed.has(txid(transaction)))
  return { ...moved, pool: refill(candidates, fallen, poolContext(moved)) }
}

/** The transactions of the blocks from `branch` down to the active chain, oldest first. */
function transactionsAbove(state: ForkState, branch: Branch): readonly Transaction[] {
  const blocks: (readonly Transaction[])[] = []
  for (let at: Branch | undefined = branch; at !== undefined && !isActive(state, at); at = at.parent)
    blocks.push(state.blocks.get(at.hash)!.transactions)
  return blocks.reverse().flat()
}
