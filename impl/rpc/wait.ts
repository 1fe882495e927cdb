import type { BlockNode } from '../chainstate/index.ts'
import { hashToHex } from '../wire/index.ts'
import type { RpcNode } from './node.ts'
import { RPC, RpcError } from './rpc-error.ts'

/** Waits until the tip is as asked for, or for `timeoutMs` (0: for ever); the tip in either case. Throws RpcError. */
export async function waitForTip(
  node: RpcNode,
  timeoutMs: number,
  isReached: (tip: BlockNode) => boolean,
): Promise<{ hash: string; height: number }> {
  if (timeoutMs < 0) throw new RpcError(RPC.misc, 'Negative timeout')
  await node.tipUntil(() => isReached(node.view.chain.tip), timeoutMs)
  const { hash, height } = node.view.chain.tip
  return { hash: hashToHex(hash), height }
}
