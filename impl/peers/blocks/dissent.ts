import { RecentSet } from '../../collections/index.ts'
import type { BlockVerdict } from '../../validation/index.ts'
import { type BlockHeader, hashKey } from '../../wire/index.ts'

/** A block that keeps silent where its bit must be set. [BIP8 §Mandatory signalling] */
export const MUST_SIGNAL = 'bad-version-bip8-must-signal'
const BLOCKS_MAX = 2016

/**
 * Blocks that are invalid only because they keep silent about a soft fork, and those that build on them. Who passes them
 * on follows a chain that others deem valid: to discourage him would tear the network apart. [BIP8 §Mandatory signalling]
 */
export class Dissent {
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
