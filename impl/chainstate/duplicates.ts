import type { ChainParameters } from '../chains/index.ts'
import { hashToHex } from '../wire/index.ts'
import type { BlockNode } from './block-node.ts'

/** True for a block that BIP30 excepts: its coinbase takes the place of an unspent one. [Core IsBIP30Repeat] */
export function mayOverwrite(node: BlockNode, chain: ChainParameters): boolean {
  const { exceptions } = chain.duplicates
  return exceptions.size > 0 && exceptions.get(hashToHex(node.hash)) === node.height
}

/**
 * When a block's outputs must be looked up among the unspent ones. `first`: before anything else. `if-rejected`: where
 * coinbases name their height from the first block on, no two transactions of a valid chain are alike, so that the
 * look-up only says why an invalid block is invalid. `never`: on the branch of a named block, up to a height; and for
 * the excepted blocks. [BIP30, BIP34; Core ConnectBlock]
 */
export type DuplicateCheck = 'first' | 'if-rejected' | 'never'

export function duplicateCheck(node: BlockNode, chain: ChainParameters): DuplicateCheck {
  if (mayOverwrite(node, chain)) return 'never'
  if (namesHeightsFromStart(chain)) return 'if-rejected'
  const { impossibleAfter } = chain.duplicates
  if (impossibleAfter === undefined || node.height >= impossibleAfter.untilHeight) return 'first'
  if (node.height <= impossibleAfter.height) return 'first'
  const below = node.ancestor(impossibleAfter.height)
  return hashToHex(below.hash) === impossibleAfter.hash ? 'never' : 'first'
}

function namesHeightsFromStart(chain: ChainParameters): boolean {
  const { bip34 } = chain.deployments
  return bip34.kind === 'always' || (bip34.kind === 'height' && bip34.height <= 1)
}
