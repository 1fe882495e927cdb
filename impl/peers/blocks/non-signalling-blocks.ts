import { RecentSet } from '../../collections/index.ts'
import type { BlockVerdict } from '../../validation/index.ts'
import { type BlockHeader, hashKey } from '../../wire/index.ts'

/** The reject reason of a block that does not signal where it must. [BIP8 §Mandatory signalling] */
export const MUST_SIGNAL = 'bad-version-bip8-must-signal'
const BLOCKS_MAX = 2016

/**
 * Blocks that are invalid only because they do not signal a soft fork, and blocks that build on them. A peer that relays
 * them follows a chain that others deem valid: to discourage it would split the network. [BIP8 §Mandatory signalling]
 */
export class NonSignallingBlocks {
  readonly #blocks = new RecentSet(BLOCKS_MAX)

  note(hash: Uint8Array, verdict: BlockVerdict): void {
    if (verdict.outcome === 'rejected' && verdict.reason === MUST_SIGNAL) this.#blocks.add(hashKey(hash))
  }

  /** Whether a header builds on such a block; then it is one itself. */
  buildsOn({ hash, previousHash }: BlockHeader): boolean {
    if (!this.#blocks.has(hashKey(previousHash))) return false
    this.#blocks.add(hashKey(hash))
    return true
  }
}
