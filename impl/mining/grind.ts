import type { ChainParameters } from '../chains/index.ts'
import type { Crypto } from '../script-engine/index.ts'
import { meetsTarget } from '../validation/index.ts'

const NONCE_OFFSET = 76

/**
 * Searches the nonce of a header in place, from `from` on; false when `tries` or the nonces ran out. For chains of low
 * difficulty: one hash at a time.
 */
export function grindNonce(
  header: Uint8Array,
  chain: ChainParameters,
  crypto: Crypto,
  tries: number,
  from = 0,
): boolean {
  const view = new DataView(header.buffer, header.byteOffset, 80)
  const bits = view.getUint32(72, true)
  const bytes = header.subarray(0, 80)
  const end = Math.min(from + tries, 0x100000000)
  for (let nonce = from; nonce < end; nonce++) {
    view.setUint32(NONCE_OFFSET, nonce, true)
    const hash = chain.proofOfWork === 'scrypt' ? crypto.scrypt1024(bytes) : crypto.hash256(bytes)
    if (meetsTarget(hash, bits, chain.limits.powLimit)) return true
  }
  return false
}
