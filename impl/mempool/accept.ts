import type { Chainstate } from '../chainstate/index.ts'
import { type ScriptChecks, STANDARD_FLAGS, sigopsCost } from '../script-engine/index.ts'
import type { Activation, Rejection, SequenceLock } from '../validation/index.ts'
import {
  checkSpending,
  checkTransaction,
  hasNoSequenceLock,
  invalid,
  isFinal,
  isPastLock,
  mutated,
  refusedByPolicy,
  refusedByUpgrade,
  reject,
  sequenceLock,
} from '../validation/index.ts'
import type { Transaction, TxOutput } from '../wire/index.ts'
import { hashKey, hashToHex } from '../wire/index.ts'
import { conflictsOf, type FoundCoin, findCoins } from './coin-search.ts'
import { PoolEntry } from './entry.ts'
import { failingScript } from './failing-script.ts'
import { feeShortfall } from './fees.ts'
import { exceedsAncestors, familyLimitExceeded } from './limits.ts'
import type { MempoolPolicy } from './policy.ts'
import type { TransactionPool } from './pool.ts'
import { judgeReplacement, spentAndReplaced } from './replacement.ts'
import { dustCount, nonStandardReason } from './standard.ts'
import { asksForWitness, hasStandardInputs, hasStandardWitness } from './standard-inputs.ts'
import { failsInWitnessAlone } from './witness-failure.ts'

const WITNESS_SCALE = 4

/** What an unconfirmed transaction is judged against. */
export interface AcceptContext {
  readonly chainstate: Chainstate
  readonly pool: TransactionPool
  readonly policy: MempoolPolicy
  readonly checks: ScriptChecks
  /** Unix time in seconds. */
  readonly now: number
  /** Sats per 1,000 virtual bytes, from what was evicted. */
  readonly floorRate: number
  /** It comes back from a block that was disconnected: fees and family limits are not asked about. [Core bypass_limits] */
  readonly isReturning: boolean
  /** Only the answer is wanted: the pool stays as it is. [Core test_accept] */
  readonly isTrial?: boolean
}

export type AcceptOutcome =
  | { readonly kind: 'accepted'; readonly entry: PoolEntry; readonly replaced: ReadonlySet<PoolEntry> }
  | { readonly kind: 'known'; readonly reason: string }
  /** Some coins are unknown: ids of the transactions that should have made them. */
  | { readonly kind: 'missing'; readonly rejection: Rejection; readonly parents: readonly Uint8Array[] }
  /** `otherWitness`: the same transaction with another witness might pass. */
  | { readonly kind: 'refused'; readonly rejection: Rejection; readonly otherWitness: boolean }

/** Judges an unconfirmed transaction as part of the next block and of the pool, and keeps it. [Core AcceptToMemoryPool] */
export function acceptTransaction(transaction: Transaction, context: AcceptContext): AcceptOutcome {
  return (
    checkAlone(transaction, context) ?? checkKnown(transaction, context) ?? checkCoins(transaction, context)
  )
}

function refuse(rejection: Rejection, otherWitness = false): AcceptOutcome {
  return { kind: 'refused', rejection, otherWitness }
}

/** A rule of relay, not of consensus, stands against it. */
function refuseByPolicy(reason: string, detail?: string): AcceptOutcome {
  return refuse(refusedByPolicy(reason, detail))
}

function checkAlone(
  transaction: Transaction,
  { chainstate, policy }: AcceptContext,
): AcceptOutcome | undefined {
  const { limits } = chainstate.chain
  const rejection = checkTransaction(transaction, limits)
  if (rejection !== undefined) return refuse(rejection)
  if (transaction.isCoinbase) return refuse(invalid('coinbase'))
  const reason = policy.requireStandard ? nonStandardReason(transaction, policy) : undefined
  if (reason !== undefined) return refuseByPolicy(reason)
  if (transaction.strippedSize < policy.strippedSizeMin) return refuseByPolicy('tx-size-small')
  // The median time is the clock even before BIP113 is in force. [Core CheckFinalTxAtTip]
  return isFinal(transaction, chainstate.tip.height + 1, chainstate.medianTimePast)
    ? undefined
    : refuse(reject('premature', 'non-final'))
}

function checkKnown({ txid, wtxid }: Transaction, { pool }: AcceptContext): AcceptOutcome | undefined {
  if (pool.getByWitness(hashKey(wtxid)) !== undefined)
    return { kind: 'known', reason: 'txn-already-in-mempool' }
  if (pool.get(hashKey(txid)) !== undefined)
    return { kind: 'known', reason: 'txn-same-nonwitness-data-in-mempool' }
  return undefined
}

function checkCoins(transaction: Transaction, context: AcceptContext): AcceptOutcome {
  const search = findCoins(transaction, context.pool, context.chainstate)
  if (search.kind === 'found') return judge(transaction, search.coins, context)
  if (search.kind === 'confirmed') return { kind: 'known', reason: 'txn-already-known' }
  return { ...search, rejection: reject('missing', 'bad-txns-inputs-missingorspent') }
}

function judge(transaction: Transaction, coins: readonly FoundCoin[], context: AcceptContext): AcceptOutcome {
  const { chainstate, pool, policy } = context
  const { chain, tip } = chainstate
  const lock = relativeLock(transaction, (i) => coins[i]!.height, chainstate)
  if (lock === undefined) return refuse(reject('premature', 'non-BIP68-final'))
  const fee = checkSpending(transaction, (i) => coins[i]!, tip.height + 1, chain.limits, 'premature')
  if (typeof fee !== 'number') return refuse(fee)
  const cost = sigopsCost(transaction, coins, STANDARD_FLAGS)
  const unusual = policy.requireStandard ? checkForm(transaction, coins, fee, context) : undefined
  if (unusual !== undefined) return unusual
  if (cost > chain.limits.maxBlockSigopsCost) return refuse(invalid('bad-txns-too-many-sigops', `${cost}`))
  if (cost > chain.limits.maxBlockSigopsCost * policy.sigopsShareMax)
    return refuseByPolicy('bad-txns-too-many-sigops', `${cost}`)
  const vsize = Math.ceil(Math.max(transaction.weight, cost * policy.bytesPerSigop) / WITNESS_SCALE)
  const conflicts = conflictsOf(transaction, pool)
  const isReplaceable = policy.replacement === 'fee'
  const counted = fee + pool.feeDeltaOf(hashKey(transaction.txid))
  const place = findPlace(transaction, counted, vsize, isReplaceable ? conflicts : NO_CONFLICTS, context)
  if ('kind' in place) return place
  const activation = chainstate.activations.after(tip)
  const failure = checkScripts(transaction, coins, activation, context)
  if (failure !== undefined) return failure
  // Ours: Core 31 always lets a better fee replace. Asked last, so that what can never be valid is not called a conflict.
  if (!isReplaceable && conflicts.size > 0) return refuseByPolicy('txn-mempool-conflict')
  const facts = {
    transaction,
    fee,
    vsize,
    sigopsCost: cost,
    addedAt: context.now,
    height: tip.height,
    lock,
    scriptFlags: policy.strictScripts ? activation.flagsToCome | STANDARD_FLAGS : activation.flagsToCome,
    wasConfirmed: context.isReturning,
  }
  if (context.isTrial === true)
    return { kind: 'accepted', entry: new PoolEntry(facts, pool.nextSequence), replaced: place.replaced }
  const replaced = pool.removeWithDescendants(place.replaced)
  const entry = pool.add(facts)
  return { kind: 'accepted', entry, replaced }
}

/** Where relative locks end, when the next block is past them; nothing when it is not. [BIP68; Core CheckSequenceLocksAtTip] */
export function relativeLock(
  transaction: Transaction,
  coinHeight: (inputIndex: number) => number,
  chainstate: Chainstate,
): SequenceLock | undefined {
  if (hasNoSequenceLock(transaction)) return UNLOCKED
  const { tip, chain } = chainstate
  const lock = sequenceLock(transaction, coinHeight, tip, chain.limits.medianTimeSpan)
  return isPastLock(lock, tip, chain.limits.medianTimeSpan) ? lock : undefined
}

const NO_CONFLICTS: ReadonlySet<PoolEntry> = new Set()
const UNLOCKED: SequenceLock = { height: -1, medianTime: -1 }

/**
 * What comes back with too many ancestors would leave again at the end of the reorganisation: its scripts are not judged.
 * The sums of families are not kept meanwhile.
 */
function returningLimitExceeded(
  parents: ReadonlySet<PoolEntry>,
  vsize: number,
  policy: MempoolPolicy,
): string | undefined {
  return parents.size > 0 && exceedsAncestors(parents, vsize, policy) ? 'too many ancestors' : undefined
}

function checkForm(
  transaction: Transaction,
  coins: readonly TxOutput[],
  fee: number,
  { policy }: AcceptContext,
): AcceptOutcome | undefined {
  if (!hasStandardInputs(transaction, coins)) return refuseByPolicy('bad-txns-nonstandard-inputs')
  if (transaction.hasWitness && !hasStandardWitness(transaction, coins))
    return refuse(refusedByPolicy('bad-witness-nonstandard'), true)
  // Dust may be left only where no fee pays for mining it alone. [Core PreCheckEphemeralTx]
  if (fee > 0 && dustCount(transaction.outputs, policy.dustFeeRate) > 0)
    return refuseByPolicy('dust', 'tx with dust output must be 0-fee')
  return undefined
}

/** Fees, families and replacement: which entries leave for the newcomer, or why it is refused. */
function findPlace(
  transaction: Transaction,
  fee: number,
  vsize: number,
  conflicts: ReadonlySet<PoolEntry>,
  { pool, policy, floorRate, isReturning }: AcceptContext,
): { replaced: ReadonlySet<PoolEntry> } | AcceptOutcome {
  const shortfall = isReturning ? undefined : feeShortfall(fee, vsize, floorRate, policy)
  if (shortfall !== undefined) return refuseByPolicy(shortfall.reason, shortfall.detail)
  const parents = pool.parentsOf(transaction)
  const newcomer = { txid: transaction.txid, fee, vsize, parents, conflicts }
  const replacement = judgeReplacement(newcomer, policy)
  if (replacement.kind === 'refused') return refuseByPolicy(replacement.reason, replacement.detail)
  const tooLong = isReturning
    ? returningLimitExceeded(parents, vsize, policy)
    : familyLimitExceeded(parents, vsize, replacement.leaving, policy)
  if (tooLong !== undefined) return refuseByPolicy('too-long-mempool-chain', tooLong)
  const both = spentAndReplaced(newcomer)
  if (both !== undefined)
    return refuse(
      invalid(
        'bad-txns-spends-conflicting-tx',
        `${hashToHex(transaction.txid)} spends conflicting transaction ${hashToHex(both.transaction.txid)}`,
      ),
    )
  return { replaced: replacement.leaving }
}

/**
 * Scripts by the rules of the blocks that may follow, so that no fork makes invalid what waits, and by those of relay
 * where the policy asks for it. What the next block may contain is refused by the policy or by an upgrade alone.
 */
function checkScripts(
  transaction: Transaction,
  coins: readonly TxOutput[],
  { flags, flagsToCome }: Activation,
  { policy, checks }: AcceptContext,
): AcceptOutcome | undefined {
  const failureUnder = (under: number) => failingScript(transaction, coins, under, checks)
  const relayFailure = policy.strictScripts ? failureUnder(STANDARD_FLAGS) : undefined
  const failure = failureUnder(flagsToCome)
  const first = relayFailure ?? failure
  if (first === undefined) return undefined
  const reason = `mempool-script-verify-flag-failed (${first.error})`
  if (failure === undefined) return refuse(refusedByPolicy(reason, first.input), true)
  const failureNow = flags === flagsToCome ? failure : failureUnder(flags)
  if (failureNow === undefined) return refuse(refusedByUpgrade(reason, first.input), true)
  // Another witness keeps the id: failures that depend on one condemn these bytes alone. [Core TX_WITNESS_MUTATED, TX_WITNESS_STRIPPED]
  const { witness, scriptSig } = transaction.inputs[failureNow.index]!
  const hasOrLacksWitness = witness.length > 0 || asksForWitness(coins[failureNow.index]!.script, scriptSig)
  return hasOrLacksWitness && failsInWitnessAlone(transaction, coins, flags, checks)
    ? refuse(mutated(reason, first.input), true)
    : refuse(invalid(reason, first.input))
}
