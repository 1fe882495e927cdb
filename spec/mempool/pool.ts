import { OrderedMap, Map as PersistentMap } from 'immutable'
import type { Chain } from '../chains/index.ts'
import { txid, wtxid } from '../encoding/index.ts'
import type { Violation } from '../language/index.ts'
import {
  type Ask,
  everyRule,
  first,
  unconfirmedRejection,
  type Verdict,
  violationsOf,
} from '../language/index.ts'
import {
  finalByMedianTime,
  lockRules,
  scriptRules,
  sigopRules,
  unconfirmedSpend,
  unconfirmedTransactionRules,
  valueRules,
} from '../rules/index.ts'
import type { Upgrade } from '../upgrades/index.ts'
import { resolveAhead } from '../upgrades/index.ts'
import type { Branch, Coin, Hash, Outpoint, Transaction } from '../vocabulary/index.ts'
import { height, outpointKey } from '../vocabulary/index.ts'

/** Unconfirmed transactions that could all be part of the next block, in order of arrival. */
export interface Pool {
  readonly transactions: OrderedMap<Hash, Transaction>
  /** Which transaction spends an output. */
  readonly spenders: PersistentMap<string, Hash>
  /** The outputs of the transactions as coins, even of those that no block would make one of. [Core CCoinsViewMemPool] */
  readonly coins: PersistentMap<string, Coin>
}

export const EMPTY_POOL: Pool = {
  transactions: OrderedMap(),
  spenders: PersistentMap(),
  coins: PersistentMap(),
}

/** What an unconfirmed transaction is judged against: the next block on the tip. */
export interface PoolContext {
  readonly chain: Chain
  readonly upgrades: readonly Upgrade[]
  readonly ask: Ask
  readonly tip: Branch
  /** The unspent coin of this name after the tip. */
  readonly coinAt: (outpoint: Outpoint) => Coin | undefined
}

/**
 * Judges a transaction for the next block: by consensus, by the convention that the first spend seen counts, and by soft
 * forks that are still to come, so that nothing in the pool turns invalid when one activates. A node may refuse more,
 * or let a higher fee replace what was seen first: that is policy, and no rule says how.
 */
export function judgeUnconfirmed(pool: Pool, transaction: Transaction, context: PoolContext): Verdict {
  const { ask } = context
  const { limits } = context.chain
  const free = first(violationsOf(unconfirmedTransactionRules, transaction, limits, everyRule, ask))
  if (free !== undefined) return unconfirmedRejection(free)
  const early = first(
    violationsOf([finalByMedianTime], inclusionTime(transaction, context), limits, everyRule, ask),
  )
  if (early !== undefined) return unconfirmedRejection(early)
  const held = verdictOnHeld(pool, transaction)
  if (held !== undefined) return held
  const violation = first(spendViolations(pool, transaction, context))
  if (violation === undefined) return { outcome: 'accepted' }
  const isConfirmed = violation.rule.id === 'inputs-unspent' && hasUnspentOutput(transaction, context)
  return isConfirmed ? { outcome: 'duplicate', reason: 'txn-already-known' } : unconfirmedRejection(violation)
}

/** Keeps a transaction that was accepted. */
export function addToPool(pool: Pool, transaction: Transaction, tip: Branch): Pool {
  const id = txid(transaction)
  const spenders = pool.spenders.withMutations((draft) => {
    for (const { outpoint } of transaction.inputs) draft.set(outpointKey(outpoint), id)
  })
  const coins = pool.coins.withMutations((draft) => {
    for (const [index, output] of transaction.outputs.entries())
      draft.set(outpointKey({ txid: id, index }), {
        output,
        height: height(tip.height + 1),
        isCoinbase: false,
      })
  })
  return { transactions: pool.transactions.set(id, transaction), spenders, coins }
}

/** Lock times of unconfirmed transactions are measured by the median time, whether BIP113 is in force yet or not. [Core CheckFinalTxAtTip] */
function inclusionTime(transaction: Transaction, { tip }: PoolContext) {
  return { transaction, height: height(tip.height + 1), parent: tip, blockTime: tip.header.time }
}

/** The first spend of an output that is seen counts; that is convention, not consensus. */
function verdictOnHeld(pool: Pool, transaction: Transaction): Verdict | undefined {
  const same = pool.transactions.get(txid(transaction))
  if (same !== undefined) {
    const reason =
      wtxid(same) === wtxid(transaction) ? 'txn-already-in-mempool' : 'txn-same-nonwitness-data-in-mempool'
    return { outcome: 'duplicate', reason }
  }
  const conflict = transaction.inputs.find(({ outpoint }) => pool.spenders.has(outpointKey(outpoint)))
  if (conflict === undefined) return undefined
  const detail = `${outpointKey(conflict.outpoint)} is spent by ${pool.spenders.get(outpointKey(conflict.outpoint))}`
  return { outcome: 'rejected', class: 'premature', reason: 'txn-mempool-conflict', detail }
}

/** Core's order: coins are there, relative locks, their values, what they cost to check, scripts. */
function* spendViolations(
  pool: Pool,
  transaction: Transaction,
  context: PoolContext,
): Generator<Violation, void> {
  const { chain, upgrades, ask, tip, coinAt } = context
  const { features, extension } = resolveAhead({ chain, parent: tip }, upgrades)
  const lookUp = (outpoint: Outpoint) => pool.coins.get(outpointKey(outpoint)) ?? coinAt(outpoint)
  const spend = unconfirmedSpend(transaction, { parent: tip, features, extension, coinAt: lookUp })
  if (spend.spentOutputs !== undefined) yield* violationsOf(lockRules, spend, chain.limits, everyRule, ask)
  for (const checklist of [valueRules, sigopRules, scriptRules])
    yield* violationsOf(checklist, spend, chain.limits, everyRule, ask)
}

function hasUnspentOutput(transaction: Transaction, { coinAt }: PoolContext): boolean {
  const id = txid(transaction)
  return transaction.outputs.some((_, index) => coinAt({ txid: id, index }) !== undefined)
}
