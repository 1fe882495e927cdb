/** A rule that is never broken by itself, the rules that break with it, and why. */
interface Company {
  readonly with: readonly string[]
  readonly why: string
}

/** Rules that no block breaks alone. */
export const NEVER_ALONE: Readonly<Record<string, Company>> = {
  'target-in-range': {
    with: ['difficulty', 'proof-of-work'],
    why: 'bits that spell no target are not those that the chain asks for, and no hash may meet them',
  },
  'merkle-unambiguous': {
    with: ['inputs-unspent', 'coinbase-once', 'no-overwrite', 'witness-commitment'],
    why: 'a transaction that stands there twice spends its coins twice',
  },
  'block-not-empty': {
    with: ['coinbase-first'],
    why: 'without a transaction there is no coinbase',
  },
  'has-inputs': {
    with: ['has-outputs'],
    why: 'without inputs but with outputs the bytes would be read as a mark of witnesses',
  },
  'transaction-size': {
    with: ['block-size', 'block-weight'],
    why: 'the block is larger still',
  },
  'output-not-too-large': {
    with: ['output-total', 'value-conserved', 'coinbase-amount'],
    why: 'the sum of the outputs is no smaller, and nothing that may be spent is worth so much',
  },
  'output-total': {
    with: ['value-conserved', 'coinbase-amount'],
    why: 'nothing that may be spent is worth so much',
  },
  'inputs-name-outputs': {
    with: ['inputs-unspent'],
    why: 'the name of no output is the name of no coin',
  },
  'legacy-sigops': {
    with: ['sigop-cost'],
    why: 'the whole cost is no smaller',
  },
  'fee-in-range': {
    with: ['input-values', 'fees-in-range', 'coinbase-amount'],
    why: 'a fee is part of what the inputs are worth; never the first to be broken',
  },
}

/** Rules that generated chains do not reach, and why. */
export const OUT_OF_REACH: Readonly<Record<string, string>> = {
  'mandatory-signal': 'no deployed soft fork is a BIP8 one: only draft chains have it',
}

/** Rules that are asked of loose transactions only: without a pool nobody breaks them. */
export const LOOSE_ONLY: readonly string[] = ['not-coinbase']

/** Limits that only a loose transaction meets, and why. */
export const LIMIT_MET_LOOSE_ONLY: Readonly<Record<string, string>> = {
  'transaction-size': 'a block has a header and a coinbase beside the transaction',
}
