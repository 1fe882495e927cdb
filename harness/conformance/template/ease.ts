import { scryptSync } from 'node:crypto'
import type { ChainFile } from '../../ports/index.ts'
import { concatBytes, doubleSha256, toBigInt, uint32 } from '../../wire/index.ts'
import type { AssembledBlock } from './build-block.ts'

const EASY_BITS = 0x207fffff
const EASY_TARGET = 0x7fffffn << 232n
const BITS_OFFSET = 72

/**
 * The chain with the easiest target there is, and the block with a proof of work for it: whatever else the block
 * breaks can be seen before anybody hashes.
 */
export function easeProofOfWork(
  chain: ChainFile,
  { header, body }: AssembledBlock,
): { readonly chain: ChainFile; readonly block: Uint8Array } {
  const powHash = chain.proofOfWork === 'scrypt' ? scryptOf : doubleSha256
  const start = concatBytes(header.subarray(0, BITS_OFFSET), uint32(EASY_BITS))
  for (let nonce = 0; ; nonce++) {
    const eased = concatBytes(start, uint32(nonce))
    if (toBigInt(powHash(eased)) > EASY_TARGET) continue
    const limits = { ...chain.limits, powLimit: EASY_TARGET.toString(16).padStart(64, '0') }
    return { chain: { ...chain, limits }, block: concatBytes(eased, body) }
  }
}

function scryptOf(header: Uint8Array): Uint8Array {
  return Uint8Array.from(scryptSync(header, header, 32, { N: 1024, r: 1, p: 1 }))
}
