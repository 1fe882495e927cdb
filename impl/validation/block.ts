import type { ChainLimits, ChainParameters } from '../chains/index.ts'
import { type Crypto, countLegacySigops } from '../script-engine/index.ts'
import { type Block, equalBytes, hashToHex, type Transaction } from '../wire/index.ts'
import { type Activation, Activations } from './activation.ts'
import { checkHeader, checkHeaderInContext } from './header.ts'
import { startsWithHeight } from './height-in-coinbase.ts'
import { isFinal } from './lock-time.ts'
import { medianTimePast } from './median-time.ts'
import { merkleRoot } from './merkle.ts'
import type { ChainLink } from './proof-of-work.ts'
import { invalid, mutated, type Rejection } from './rejection.ts'
import { checkSignetSolution } from './signet.ts'
import { checkTransaction } from './transaction.ts'
import { checkWitnessCommitment } from './witness-commitment.ts'

const WITNESS_SCALE = 4

/** What a block must satisfy with no context at all, its header included. [Core CheckBlock] */
export function checkBlock(block: Block, chain: ChainParameters, crypto: Crypto): Rejection | undefined {
  return (
    checkHeader(block.header, chain, crypto) ??
    checkSolution(block, chain, crypto) ??
    checkBlockBody(block, chain, crypto)
  )
}

/** The same without proof of work and signet's solution: what a template must satisfy. */
export function checkBlockBody(block: Block, chain: ChainParameters, crypto: Crypto): Rejection | undefined {
  return checkMerkleRoot(block, crypto) ?? checkTransactions(block, chain.limits)
}

/**
 * The solution of a signet is asked for before the Merkle root, so that one which fails condemns the hash only where the
 * transactions are those that the header commits to. [Core CheckBlock]
 */
function checkSolution(block: Block, chain: ChainParameters, crypto: Crypto): Rejection | undefined {
  const rejection = checkSignetSolution(block, chain, crypto)
  if (rejection === undefined || checkMerkleRoot(block, crypto) === undefined) return rejection
  return { ...rejection, class: 'mutated' }
}

/** The transactions are those of the header. [Core CheckMerkleRoot, CVE-2012-2459] */
export function checkMerkleRoot(block: Block, crypto: Crypto): Rejection | undefined {
  const { root, hasTwins } = merkleRoot(
    block.transactions.map((transaction) => transaction.txid),
    crypto,
  )
  if (!equalBytes(root, block.header.merkleRoot)) return mutated('bad-txnmrklroot', 'hashMerkleRoot mismatch')
  return hasTwins ? mutated('bad-txns-duplicate', 'duplicate transaction') : undefined
}

/** Size, coinbase, each transaction by itself, and a lower bound of signature operations. */
function checkTransactions(block: Block, limits: ChainLimits): Rejection | undefined {
  const { transactions } = block
  if (transactions.length === 0) return invalid('bad-blk-length', 'size limits failed')
  if (
    transactions.length * WITNESS_SCALE > limits.maxBlockWeight ||
    block.strippedSize * WITNESS_SCALE > limits.maxBlockWeight
  )
    return invalid('bad-blk-length', 'size limits failed')
  if (!transactions[0]!.isCoinbase) return invalid('bad-cb-missing', 'first tx is not coinbase')
  for (let i = 1; i < transactions.length; i++)
    if (transactions[i]!.isCoinbase) return invalid('bad-cb-multiple', 'more than one coinbase')
  for (const transaction of transactions) {
    const rejection = checkTransaction(transaction, limits)
    if (rejection !== undefined) return inTransaction(rejection, transaction)
  }
  let sigops = 0
  for (const transaction of transactions) sigops += countLegacySigops(transaction)
  return sigops * WITNESS_SCALE > limits.maxBlockSigopsCost
    ? invalid('bad-blk-sigops', 'out-of-bounds SigOpCount')
    : undefined
}

/** Says which transaction of a block is at fault, in Core's words. */
function inTransaction(rejection: Rejection, { txid }: Transaction): Rejection {
  const detail = `Transaction check failed (tx hash ${hashToHex(txid)}) ${rejection.detail ?? ''}`
  return { ...rejection, detail }
}

/**
 * Header and body as the child of a parent of which only the nearest ancestors are at hand; proof of work and spending
 * are left out. `now` is Unix time in seconds.
 */
export function checkAsChild(
  block: Block,
  parent: ChainLink,
  chain: ChainParameters,
  now: number,
  crypto: Crypto,
): Rejection | undefined {
  const activation = new Activations(chain).after(parent)
  return (
    checkHeaderInContext(block.header, parent, activation, chain.limits, now) ??
    checkBlockInContext(block, parent, activation, chain.limits, crypto)
  )
}

/** A block as the child of `parent`, its spending left out. [Core ContextualCheckBlock] */
export function checkBlockInContext(
  block: Block,
  parent: ChainLink,
  activation: Activation,
  limits: ChainLimits,
  crypto: Crypto,
): Rejection | undefined {
  const height = parent.height + 1
  const lockClock = activation.csv ? medianTimePast(parent, limits.medianTimeSpan) : block.header.time
  for (const transaction of block.transactions)
    if (!isFinal(transaction, height, lockClock)) return invalid('bad-txns-nonfinal', 'non-final transaction')
  if (activation.heightInCoinbase && !startsWithHeight(block.transactions[0]!.inputs[0]!.scriptSig, height))
    return invalid('bad-cb-height', 'block height mismatch in coinbase')
  const rejection = checkWitnessCommitment(block, activation.segwit, crypto)
  if (rejection !== undefined) return rejection
  return block.weight > limits.maxBlockWeight
    ? invalid('bad-blk-weight', 'ContextualCheckBlock : weight limit failed')
    : undefined
}
