import { invalid, mutated, type Word } from '../any-node/node.ts'

/** What is wrong with a block's bytes and not with what its hash names. */
const MUTATED = [
  'bad-txnmrklroot',
  'bad-txns-duplicate',
  'bad-witness-merkle-match',
  'bad-witness-nonce-size',
  'unexpected-witness',
]

const INVALID = [
  'bad-blk-length',
  'bad-blk-sigops',
  'bad-blk-weight',
  'bad-cb-amount',
  'bad-cb-height',
  'bad-cb-length',
  'bad-cb-missing',
  'bad-cb-multiple',
  'bad-diffbits',
  'bad-txns-BIP30',
  'bad-txns-accumulated-fee-outofrange',
  'bad-txns-fee-outofrange',
  'bad-txns-in-belowout',
  'bad-txns-inputs-duplicate',
  'bad-txns-inputs-missingorspent',
  'bad-txns-inputvalues-outofrange',
  'bad-txns-nonfinal',
  'bad-txns-premature-spend-of-coinbase',
  'bad-txns-prevout-null',
  'bad-txns-txouttotal-toolarge',
  'bad-txns-vin-empty',
  'bad-txns-vout-empty',
  'bad-txns-vout-negative',
  'bad-txns-vout-toolarge',
  'high-hash',
  'time-too-old',
]

const exactly = (reason: string) => new RegExp(`^rejected: ${reason}$`)

/** bcoin has Core's words, some of them older ones. [bcoin lib/blockchain/chain.js, lib/primitives] */
export const BCOIN_WORDS: readonly Word[] = [
  { pattern: exactly('duplicate'), means: 'duplicate' },
  { pattern: exactly('bad-prevblk'), means: 'invalid-ancestor' },
  ...MUTATED.map((reason) => mutated(exactly(reason), reason)),
  ...INVALID.map((reason) => invalid(exactly(reason), reason)),
  invalid(exactly('mandatory-script-verify-flag-failed'), 'block-script-verify-flag-failed'),
  invalid(exactly('bad-no-segwit'), 'unexpected-witness'),
  invalid(/^rejected: (bad-version|obsolete)$/, 'bad-version'),
  invalid(exactly('bad-txns-oversize'), 'bad-txns-oversize'),
]
