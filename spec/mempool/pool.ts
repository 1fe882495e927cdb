import { OrderedMap, Map as PersistentMap } from 'immutable'
import type { Chain } from '../chains/index.ts'
import { txid, wtxid } from '../encoding/index.ts'
import {
  type Ask,
  everyRule,
  first,
  ok,
  unconfirmedRejection,
  type Verdict,
  violationsOf,
} from '../language/index.ts'
import {
  finalByMedianTime,
  lockRules,
  scriptRules,
  scriptSpends,
  scripts,
  sigopRules,
  type TransactionSpend,
  unconfirmedSpend,
  unconfirmedTransactionRules,
  valueRules,
} from '../rules/index.ts'
import type { Resolved, Upgrade } from '../upgrades/index.ts'
import { resolve, resolveAhead } from '../upgrades/index.ts'
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
 * Judges a transaction for the next block: by consensus, by soft forks that are still to come, so that nothing in the pool
 * turns invalid when one activates, and last by what the pool holds. A node may refuse more, or let a higher fee replace
 * what was seen first: that is policy, and no rule says how.
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
  const { chain, upgrades, tip } = context
  const ahead = spendOf(pool, transaction, context, resolveAhead({ chain, parent: tip }, upgrades))
  return (
    verdictOnCoins(ahead, context) ??
    verdictOnScripts(ahead, pool, context) ??
    verdictOnConflict(pool, transaction) ?? { outcome: 'accepted' }
  )
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

/** The pool holds this transaction, or one of its txid. */
function verdictOnHeld(pool: Pool, transaction: Transaction): Verdict | undefined {
  const same = pool.transactions.get(txid(transaction))
  if (same === undefined) return undefined
  const isSame = wtxid(same) === wtxid(transaction)
  return {
    outcome: 'duplicate',
    reason: isSame ? 'txn-already-in-mempool' : 'txn-same-nonwitness-data-in-mempool',
  }
}

/** Core's order: the coins are there, their relative locks, their values. */
function verdictOnCoins(spend: TransactionSpend, context: PoolContext): Verdict | undefined {
  const { chain, ask } = context
  const checklist = spend.spentOutputs === undefined ? valueRules : [...lockRules, ...valueRules]
  const violation = first(violationsOf(checklist, spend, chain.limits, everyRule, ask))
  if (violation === undefined) return undefined
  const isConfirmed = violation.rule.id === 'inputs-unspent' && hasUnspentOutput(spend.transaction, context)
  return isConfirmed ? { outcome: 'duplicate', reason: 'txn-already-known' } : unconfirmedRejection(violation)
}

/**
 * What the scripts cost, and whether they allow the spend. What only a soft fork still to come refuses may be in a block
 * until then, and where the witness alone fails or is absent, another may do with the same txid.
 * [Core TX_WITNESS_MUTATED, TX_WITNESS_STRIPPED]
 */
function verdictOnScripts(ahead: TransactionSpend, pool: Pool, context: PoolContext): Verdict | undefined {
  const { chain, upgrades, ask, tip } = context
  const checklist = [...sigopRules, ...scriptRules]
  const judge = (spend: TransactionSpend) =>
    first(violationsOf(checklist, spend, chain.limits, everyRule, ask))
  const refused = judge(ahead)
  if (refused === undefined) return undefined
  const refusal = unconfirmedRejection(refused)
  const now = spendOf(pool, ahead.transaction, context, resolve({ chain, parent: tip }, upgrades))
  const violation = judge(now)
  if (violation === undefined) return { ...refusal, class: 'premature', basis: 'upgrade' }
  const isOfWitness = violation.rule.id === scripts.id && failsInWitnessAlone(now, context)
  return isOfWitness ? { ...refusal, class: 'mutated' } : refusal
}

/**
 * Whether another witness may do where this one fails, for every input that fails: what stands outside of the witness is
 * right, and stays what it is while the txid does.
 */
function failsInWitnessAlone(spend: TransactionSpend, { chain, ask }: PoolContext): boolean {
  if (!spend.features.has('WITNESS')) return false
  const withoutWitness = new Set([...spend.features].filter((feature) => feature !== 'WITNESS'))
  return [...scriptSpends(spend)].every((input) => {
    const outcome = ask(scripts, input, chain.limits)
    if (outcome === ok) return true
    const legacy = ask(scripts, { ...input, features: withoutWitness }, chain.limits)
    return legacy === ok && !OUTSIDE_OF_WITNESS.some((error) => outcome.suffix === ` (${error})`)
  })
}

/** Faults of what asks for a witness, reported only where witnesses are read. [BIP141 §Witness program] */
const OUTSIDE_OF_WITNESS = ['WITNESS_MALLEATED', 'WITNESS_MALLEATED_P2SH', 'WITNESS_PROGRAM_WRONG_LENGTH']

/** Of two transactions that spend one output, a pool holds one: which, is its policy. Here the first seen. */
function verdictOnConflict(pool: Pool, transaction: Transaction): Verdict | undefined {
  const conflict = transaction.inputs.find(({ outpoint }) => pool.spenders.has(outpointKey(outpoint)))
  if (conflict === undefined) return undefined
  const name = outpointKey(conflict.outpoint)
  return {
    outcome: 'rejected',
    class: 'premature',
    reason: 'txn-mempool-conflict',
    isOwnReason: true,
    basis: 'policy',
    detail: `${name} is spent by ${pool.spenders.get(name)}`,
  }
}

/** A transaction with its coins, of the pool or of the chain. */
function spendOf(
  pool: Pool,
  transaction: Transaction,
  { tip, coinAt }: PoolContext,
  { features, extension }: Pick<Resolved, 'features' | 'extension'>,
): TransactionSpend {
  const lookUp = (outpoint: Outpoint) => pool.coins.get(outpointKey(outpoint)) ?? coinAt(outpoint)
  return unconfirmedSpend(transaction, { parent: tip, features, extension, coinAt: lookUp })
}

function hasUnspentOutput(transaction: Transaction, { coinAt }: PoolContext): boolean {
  const id = txid(transaction)
  return transaction.outputs.some((_, index) => coinAt({ txid: id, index }) !== undefined)
}
