import type { ChainParameters } from '../../chains/index.ts'
import type { BlockNode } from '../../chainstate/index.ts'
import { meetsTarget, workOf } from '../../validation/index.ts'
import type { BlockHeader, Hasher } from '../../wire/index.ts'
import { equalBytes } from '../../wire/index.ts'

/** How many blocks of the tip's work a branch may lack and still be stored. [Core GetAntiDoSWorkThreshold] */
const NEAR_TIP_BLOCKS = 144n

/** What headers alone show: each has done its work and follows the one before. [Core CheckHeadersPoW] */
export function headersFault(
  headers: readonly BlockHeader[],
  { limits, proofOfWork }: ChainParameters,
  hasher: Hasher & { scrypt1024(bytes: Uint8Array): Uint8Array },
): string | undefined {
  for (const header of headers) {
    const hash = proofOfWork === 'scrypt' ? hasher.scrypt1024(header.raw) : header.hash
    if (!meetsTarget(hash, header.bits, limits.powLimit)) return 'header with invalid proof of work'
  }
  for (let i = 1; i < headers.length; i++)
    if (!equalBytes(headers[i]!.previousHash, headers[i - 1]!.hash)) return 'non-continuous headers sequence'
  return undefined
}

/** Work that a branch must claim before its headers are stored, so that cheap ones cannot fill the memory. */
export function workThreshold(tip: BlockNode, { minimumChainWork }: ChainParameters): bigint {
  const near = tip.chainWork - NEAR_TIP_BLOCKS * workOf(tip.bits)
  return near > minimumChainWork ? near : minimumChainWork
}

/** Whether a branch of these headers stays below the threshold. */
export function lacksWork(parent: BlockNode, headers: readonly BlockHeader[], threshold: bigint): boolean {
  let work = parent.chainWork
  if (work >= threshold) return false
  for (const header of headers) work += workOf(header.bits)
  return work < threshold
}
