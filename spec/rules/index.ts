/**
 * The table of contents of the consensus, in the order in which Bitcoin Core checks it: a header by itself and on
 * its parent, a block by itself and on its parent, and what a block spends. A rule that a soft fork brought
 * stands here, too, at its place in that order; `upgrades/` says when it is in force.
 */
import type { Limits } from '../chains/index.ts'
import type { Checklist } from '../language/index.ts'
import { each } from '../language/index.ts'
import type { Transaction } from '../vocabulary/index.ts'
import { isCoinbase } from '../vocabulary/index.ts'
import { coinbaseFirst } from './block/coinbase-first.ts'
import { coinbaseHeight } from './block/coinbase-height.ts'
import { coinbaseOnce } from './block/coinbase-once.ts'
import { legacySigops } from './block/legacy-sigops.ts'
import { merkleRoot } from './block/merkle-root.ts'
import { merkleUnambiguous } from './block/merkle-unambiguous.ts'
import { noUncommittedWitness, noWitness } from './block/no-witness.ts'
import { notEmpty } from './block/not-empty.ts'
import { signetSolution } from './block/signet-solution.ts'
import { blockSize } from './block/size.ts'
import { blockWeight } from './block/weight.ts'
import { witnessCommitment } from './block/witness-commitment.ts'
import { witnessReservedValue } from './block/witness-reserved-value.ts'
import { difficulty } from './header/difficulty.ts'
import { mandatorySignal } from './header/mandatory-signal.ts'
import { noTimewarp } from './header/no-timewarp.ts'
import { parentKnown } from './header/parent-known.ts'
import { proofOfWork } from './header/proof-of-work.ts'
import { targetInRange } from './header/target-in-range.ts'
import { timeAfterMedian } from './header/time-after-median.ts'
import { timeNotInFuture } from './header/time-not-in-future.ts'
import {
  versionAtLeast2,
  versionAtLeast3,
  versionAtLeast4,
  versionWithSegwit,
} from './header/version-gates.ts'
import { inputSpends, scriptSpends } from './spending/block-spend.ts'
import { coinbaseAmount, subsidyEnds } from './spending/coinbase-amount.ts'
import { coinbaseMaturity } from './spending/coinbase-maturity.ts'
import { feeInRange } from './spending/fee-in-range.ts'
import { feesInRange } from './spending/fees-in-range.ts'
import { inputValues } from './spending/input-values.ts'
import { inputsUnspent } from './spending/inputs-unspent.ts'
import { noOverwrite } from './spending/no-overwrite.ts'
import { relativeLock } from './spending/relative-lock.ts'
import { scripts } from './spending/scripts.ts'
import { sigopCost } from './spending/sigop-cost.ts'
import { valueConserved } from './spending/value-conserved.ts'
import type {
  BlockInContext,
  BlockSpend,
  ContextFreeBlock,
  ContextFreeHeader,
  InclusionTime,
  InputSpend,
  SignallingHeader,
  TransactionSpend,
} from './subjects.ts'
import { coinbaseScriptLength } from './transaction/coinbase-script-length.ts'
import { distinctInputs } from './transaction/distinct-inputs.ts'
import { finalByBlockTime, finalByMedianTime } from './transaction/final.ts'
import { hasInputs } from './transaction/has-inputs.ts'
import { hasOutputs } from './transaction/has-outputs.ts'
import { inputsNameOutputs } from './transaction/inputs-name-outputs.ts'
import { notCoinbase } from './transaction/not-coinbase.ts'
import { outputNotNegative } from './transaction/output-not-negative.ts'
import { outputNotTooLarge } from './transaction/output-not-too-large.ts'
import { outputTotal } from './transaction/output-total.ts'
import { outputsInOrder } from './transaction/outputs-in-order.ts'
import { transactionSize } from './transaction/size.ts'

export { requiredBits } from './header/required-bits.ts'
export type { ConsensusRule } from './rule.ts'
export { rule } from './rule.ts'
export { blockSpend, scriptSpends, unconfirmedSpend } from './spending/block-spend.ts'
export { coinsOf } from './spending/coins-of.ts'
export { subsidyAt } from './spending/subsidy.ts'
export type {
  BlockInContext,
  BlockSpend,
  ContextFreeBlock,
  ContextFreeHeader,
  HeaderInContext,
  SignalDuty,
  SparedFeatures,
  TransactionSpend,
} from './subjects.ts'
export {
  blockWeight,
  coinbaseAmount,
  coinbaseHeight,
  finalByBlockTime,
  finalByMedianTime,
  noOverwrite,
  noUncommittedWitness,
  noWitness,
  parentKnown,
  relativeLock,
  scripts,
  subsidyEnds,
  versionAtLeast2,
  versionAtLeast3,
  versionAtLeast4,
  versionWithSegwit,
  witnessCommitment,
  witnessReservedValue,
}

/** What must hold of a header before its parent is looked for. */
export const contextFreeHeaderRules: Checklist<ContextFreeHeader, Limits> = [targetInRange, proofOfWork]

/** What must hold of a header on its parent. */
export const headerRules: Checklist<SignallingHeader, Limits> = [
  difficulty,
  timeAfterMedian,
  noTimewarp,
  timeNotInFuture,
  versionAtLeast2,
  versionAtLeast3,
  versionAtLeast4,
  versionWithSegwit,
  mandatorySignal,
]

/** What must hold of any transaction, wherever it is. */
export const transactionRules: Checklist<Transaction, Limits> = [
  hasInputs,
  hasOutputs,
  transactionSize,
  each('output', outputsInOrder, [outputNotNegative, outputNotTooLarge, outputTotal]),
  distinctInputs,
  coinbaseScriptLength,
  inputsNameOutputs,
]

/** What must hold of a transaction that no block has yet. */
export const unconfirmedTransactionRules: Checklist<Transaction, Limits> = [...transactionRules, notCoinbase]

/** What must hold of a block before its parent is looked for. */
export const contextFreeBlockRules: Checklist<ContextFreeBlock, Limits> = [
  signetSolution,
  merkleRoot,
  merkleUnambiguous,
  notEmpty,
  blockSize,
  coinbaseFirst,
  coinbaseOnce,
  each('transaction', ({ block }) => block.transactions, transactionRules),
  legacySigops,
]

/** When a transaction may be included. */
const finalityRules: Checklist<InclusionTime, Limits> = [finalByBlockTime, finalByMedianTime]

/** What must hold of a block's witnesses. */
export const witnessRules: Checklist<Pick<BlockInContext, 'block'>, Limits> = [
  witnessReservedValue,
  witnessCommitment,
  noWitness,
  noUncommittedWitness,
  blockWeight,
]

/** What must hold of a block on its parent, whatever coins there are. */
export const blockRules: Checklist<BlockInContext, Limits> = [
  each('transaction', inclusions, finalityRules),
  each('block with a coinbase', withCoinbase, [coinbaseHeight, ...witnessRules]),
]

/** What must hold of a transaction's coins. */
export const valueRules: Checklist<TransactionSpend, Limits> = [
  inputsUnspent,
  each<TransactionSpend, InputSpend, Limits>('input', inputSpends, [coinbaseMaturity, inputValues]),
  each('transaction with all its coins', withCoins, [valueConserved]),
  each('transaction with a fee', (spend) => known(spend, 'fee'), [feeInRange]),
]

/** Locks that count from the coins. */
export const lockRules: Checklist<TransactionSpend, Limits> = [relativeLock]

/** What a transaction, and what a block has before it, may cost to check. */
export const sigopRules: Checklist<TransactionSpend, Limits> = [
  each('block so far', (spend) => known(spend, 'sigopCostSoFar'), [sigopCost]),
]

/** The scripts of each input. */
export const scriptRules: Checklist<TransactionSpend, Limits> = [each('input', scriptSpends, [scripts])]

/** What must hold of a block when the coins it spends are known. Scripts come last: they cost most. */
export const spendingRules: Checklist<BlockSpend, Limits> = [
  each('transaction', (spend) => spend.transactions, [noOverwrite]),
  each('transaction', (spend) => spend.transactions, [
    ...valueRules,
    each('block so far', (spend: TransactionSpend) => known(spend, 'feesSoFar'), [feesInRange]),
    ...lockRules,
    ...sigopRules,
  ]),
  each('block with all its fees', (spend) => withCoinbase(spend).flatMap((claim) => known(claim, 'fees')), [
    coinbaseAmount,
    subsidyEnds,
  ]),
  each('transaction', (spend) => spend.transactions, scriptRules),
]

/** Every rule's checklist by stage, in checking order. */
export const stages = {
  'context-free header': contextFreeHeaderRules,
  'context-free block': contextFreeBlockRules,
  'unconfirmed transaction': [notCoinbase],
  parent: [parentKnown],
  header: headerRules,
  block: blockRules,
  spending: spendingRules,
} as const

function inclusions({ block, height, parent }: BlockInContext): InclusionTime[] {
  return block.transactions.map((transaction) => ({
    transaction,
    height,
    parent,
    blockTime: block.header.time,
  }))
}

function withCoinbase<Subject extends Pick<BlockInContext, 'block'>>(subject: Subject): Subject[] {
  const [first] = subject.block.transactions
  return first !== undefined && isCoinbase(first) ? [subject] : []
}

function withCoins(spend: TransactionSpend) {
  const isSpend = spend.coins.length > 0
  return isSpend ? known(spend, 'spentOutputs') : []
}

/** The subject itself where a field of it is known, nothing where it is not. */
function known<Subject, Field extends keyof Subject>(
  subject: Subject,
  field: Field,
): (Subject & { readonly [Name in Field]: NonNullable<Subject[Name]> })[] {
  return subject[field] === undefined
    ? []
    : [subject as Subject & { readonly [Name in Field]: NonNullable<Subject[Name]> }]
}
