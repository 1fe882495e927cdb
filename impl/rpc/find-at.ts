import type { BlockNode } from '../chainstate/index.ts'
import { findBlock } from './lookup.ts'
import { parseHash } from './member.ts'
import type { RpcNode } from './node.ts'
import { invalidParameter } from './rpc-error.ts'

/** A block by its hash, or by its height in the active chain. Throws RpcError. [Core ParseHashOrHeight] */
export function findAt(node: RpcNode, which: string | number): BlockNode {
  if (typeof which === 'string') return findBlock(node, parseHash(which, 'hash_or_height'))
  const { tip } = node.view.chain
  if (which < 0) throw invalidParameter(`Target block height ${which} is negative`)
  const found = node.view.chain.activeAt(which)
  if (found === undefined)
    throw invalidParameter(`Target block height ${which} after current tip ${tip.height}`)
  return found
}
