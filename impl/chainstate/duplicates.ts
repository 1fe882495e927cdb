import type { ChainParameters } from '../chains/index.ts'
import { hashToHex } from '../wire/index.ts'
import type { BlockNode } from './block-node.ts'

/** True for a block that BIP30 excepts: its coinbase takes the place of an unspent one. [Core IsBIP30Repeat] */
export function mayOverwrite(node: BlockNode, chain: ChainParameters): boolean {
  const { exceptions } = chain.duplicates
  return exceptions.size > 0 && exceptions.get(hashToHex(node.hash)) === node.height
}

/**
 * True when a block's outputs must be looked up among the unspent ones. They need not be where coinbases name their
 * height from the first block on: no two transactions are alike then. Elsewhere not between a named block and a
 * height, on the branch of that block. [BIP30, BIP34; Core ConnectBlock]
 */
export function mustCheckDuplicates(node: BlockNode, chain: ChainParameters): boolean {
  if (namesHeightsFromStart(chain) || mayOverwrite(node, chain)) return false
  const { impossibleAfter } = chain.duplicates
  if (impossibleAfter === undefined || node.height >= impossibleAfter.untilHeight) return true
  if (node.height <= impossibleAfter.height) return true
  return hashToHex(node.ancestor(impossibleAfter.height).hash) !== impossibleAfter.hash
}

function namesHeightsFromStart(chain: ChainParameters): boolean {
  const { bip34 } = chain.deployments
  return bip34.kind === 'always' || (bip34.kind === 'height' && bip34.height <= 1)
}
