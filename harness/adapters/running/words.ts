import type { Word } from '../any-node/node.ts'
import { BITCOIND_REASONS } from '../bitcoind/reasons.ts'

/** What BIP22 lets a node say of a block, and Core's words; any other refuses it for ever. */
export const BIP22_WORDS: readonly Word[] = [
  // It is kept, and nothing is said of what it spends. [BIP22 §Appendix: Example Rejection Reasons]
  { pattern: /^(?:duplicate-)?inconclusive/, means: 'kept' },
  { pattern: /^duplicate|already have/, means: 'duplicate' },
  { pattern: /^bad-prevblk/, means: 'invalid-ancestor' },
  ...Object.entries(BITCOIND_REASONS.blocks).map(([word, means]) => ({
    pattern: new RegExp(`^${word}\\b(?!-)`),
    means,
  })),
]
