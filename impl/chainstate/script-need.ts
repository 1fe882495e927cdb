import type { ChainParameters } from '../chains/index.ts'
import { workOf } from '../validation/index.ts'
import { hashFromHex } from '../wire/index.ts'
import type { BlockNode } from './block-node.ts'
import type { BlockTree } from './block-tree.ts'

const TWO_WEEKS_SECONDS = 14 * 24 * 3600

/**
 * Why the scripts of a block are judged, in Core's words, or nothing: it lies below a block that the operator vouches
 * for, on the best chain of headers, so deep that two weeks of work would be needed to make that up.
 * `assumed` is the hash of that block as people write it; 0 vouches for none. [Core ConnectBlock, -assumevalid]
 */
export function whyScriptsAreJudged(
  node: BlockNode,
  assumed: string | undefined,
  tree: BlockTree,
  { limits, minimumChainWork }: ChainParameters,
): string | undefined {
  if (assumed === undefined || /^0*$/.test(assumed)) return 'assumevalid=0 (always verify)'
  const hash = hashFromHex(assumed)
  const vouched = hash && tree.get(hash)
  if (vouched === undefined) return 'assumevalid hash not in headers'
  if (node.height > vouched.height) return 'block height above assumevalid height'
  if (!vouched.descendsFrom(node)) return 'block not in assumevalid chain'
  const { best } = tree
  if (!best.descendsFrom(node)) return 'block not in best header chain'
  if (best.chainWork < minimumChainWork) return 'best header chainwork below minimumchainwork'
  const seconds = ((best.chainWork - node.chainWork) * BigInt(limits.targetSpacing)) / workOf(best.bits)
  return seconds <= TWO_WEEKS_SECONDS ? 'block too recent relative to best header' : undefined
}
