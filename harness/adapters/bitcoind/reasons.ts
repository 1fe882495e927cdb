import type { RejectionClass } from '../../ports/index.ts'
import type { Meaning, ReasonMap } from '../core-family/reasons.ts'
import { BITCOIND_SCRIPT_ERRORS, BITCOIND_SCRIPT_POLICY } from './script-errors.ts'

/** Words that mean what the specification means by them: its reasons are this client's. */
function same(as: RejectionClass, words: readonly string[]): Record<string, Meaning> {
  return Object.fromEntries(words.map((word) => [word, { reason: word, class: as }]))
}

/** What breaks a transaction whatever surrounds it. [Core consensus/tx_check.cpp CheckTransaction] */
const OF_A_TRANSACTION = [
  'bad-cb-length',
  'bad-txns-inputs-duplicate',
  'bad-txns-oversize',
  'bad-txns-prevout-null',
  'bad-txns-txouttotal-toolarge',
  'bad-txns-vin-empty',
  'bad-txns-vout-empty',
  'bad-txns-vout-negative',
  'bad-txns-vout-toolarge',
]
/** [Core consensus/tx_verify.cpp CheckTxInputs] */
const OF_ITS_VALUES = ['bad-txns-fee-outofrange', 'bad-txns-in-belowout', 'bad-txns-inputvalues-outofrange']

/** Core remembers these by wtxid, so that it need not know whether another witness would do. [Core MempoolRejectedTx] */
const OF_ITS_SCRIPTS: Record<string, Meaning> = Object.fromEntries(
  ['block-script-verify-flag-failed', 'mempool-script-verify-flag-failed'].map((reason) => [
    reason,
    { reason, class: 'invalid', isClassUnknown: true },
  ]),
)

/**
 * Bitcoin Core's words. It reports no class, but each word has one in its source: BLOCK_MUTATED,
 * BLOCK_TIME_FUTURE, BLOCK_MISSING_PREV, TX_PREMATURE_SPEND, TX_MISSING_INPUTS; what is left holds for ever.
 * [Core validation.cpp, consensus/validation.h BlockValidationResult, TxValidationResult]
 */
export const BITCOIND_REASONS: ReasonMap = {
  blocks: {
    ...same('invalid', [
      ...OF_A_TRANSACTION,
      ...OF_ITS_VALUES,
      'bad-blk-length',
      'bad-blk-sigops',
      'bad-blk-weight',
      'bad-cb-amount',
      'bad-cb-height',
      'bad-cb-multiple',
      'bad-diffbits',
      'bad-txns-BIP30',
      'bad-txns-accumulated-fee-outofrange',
      'bad-txns-inputs-missingorspent',
      'bad-txns-nonfinal',
      'bad-txns-premature-spend-of-coinbase',
      'bad-version',
      'block-script-verify-flag-failed',
      'high-hash',
      'time-timewarp-attack',
      'time-too-old',
    ]),
    ...same('mutated', [
      'bad-txnmrklroot',
      'bad-txns-duplicate',
      'bad-witness-merkle-match',
      'bad-witness-nonce-size',
      'unexpected-witness',
    ]),
    // Nothing is remembered of a block that fails by itself; a mutated one is distinguished only in the log. [Core IsBlockMutated]
    'bad-cb-missing': { reason: 'bad-cb-missing', class: 'invalid', isClassUnknown: true },
    ...same('premature', ['time-too-new']),
    ...same('missing', ['prev-blk-not-found']),
    'Block decode failed': { reason: 'decode-failed', class: 'mutated' },
    'Block header decode failed': { reason: 'decode-failed', class: 'mutated' },
  },
  unread: new Set(),
  transactions: {
    ...same('invalid', [...OF_A_TRANSACTION, ...OF_ITS_VALUES, 'coinbase']),
    ...OF_ITS_SCRIPTS,
    ...same('premature', ['bad-txns-premature-spend-of-coinbase', 'non-BIP68-final', 'non-final']),
    'missing-inputs': { reason: 'bad-txns-inputs-missingorspent', class: 'missing' },
    'TX decode failed': { reason: 'decode-failed', class: 'mutated' },
  },
  policy: new Set([
    'bad-txns-nonstandard-inputs',
    'bad-txns-spends-conflicting-tx',
    'bad-txns-too-many-sigops',
    'bad-witness-nonstandard',
    'bip125-replacement-disallowed',
    'dust',
    'insufficient fee',
    'mempool full',
    'mempool min fee not met',
    'min relay fee not met',
    'replacement-failed',
    'too-large-cluster',
    'TRUC-violation',
    'tx-size',
    'tx-size-small',
  ]),
  scriptErrors: BITCOIND_SCRIPT_ERRORS,
  scriptPolicy: BITCOIND_SCRIPT_POLICY,
}
