import { SipHash } from '../../filters/index.ts'
import type { Hasher } from '../../wire/index.ts'
import { concatBytes } from '../../wire/index.ts'

/** Names transactions by 48 bits that depend on header and nonce, so that collisions cannot be prepared. [BIP152 §Short transaction IDs] */
export class ShortIds {
  readonly #hash: SipHash

  constructor(header: Uint8Array, nonce: Uint8Array, hasher: Hasher) {
    this.#hash = new SipHash(hasher.sha256(concatBytes(header, nonce)).subarray(0, 16))
  }

  of(wtxid: Uint8Array): number {
    const { low, high } = this.#hash.hash(wtxid)
    return low + (high & 0xffff) * 0x100000000
  }
}
