import type { Crypto } from '../script-engine/index.ts'
import { checkMerkleRoot } from '../validation/index.ts'
import type { Block } from '../wire/index.ts'

/**
 * Why a block's transactions are not those that its header commits to, or nothing. What begins with no coinbase may be
 * inner nodes of the tree in the guise of transactions. [Core IsBlockMutated, CVE-2012-2459, CVE-2017-12842]
 */
export function blockFault(block: Block, crypto: Crypto): string | undefined {
  const isWhole = block.transactions[0]?.isCoinbase === true && checkMerkleRoot(block, crypto) === undefined
  return isWhole ? undefined : 'block with other transactions than its header commits to'
}
