import type { BlockTemplate } from '../mining/index.ts'
import { assembleBlock, grindNonce } from '../mining/index.ts'
import { rejectLine } from '../validation/index.ts'
import { EMPTY_BYTES, hashToHex } from '../wire/index.ts'
import type { RpcNode } from './node.ts'
import { RPC, RpcError } from './rpc-error.ts'

/** Hashes tried where a call names no number. [Core DEFAULT_MAX_TRIES] */
export const TRIES_MAX = 1_000_000

/** Mines blocks on the tip and returns their hashes; fewer when the tries run out. */
export function mineBlocks(node: RpcNode, script: Uint8Array, count: number, triesMax: number): string[] {
  const mined: string[] = []
  for (let i = 0; i < count; i++) {
    const bytes = assembleBlock(templateOf(node), script, EMPTY_BYTES, node.view.crypto)
    if (!grind(node, bytes, triesMax)) break
    submitMined(node, bytes)
    mined.push(hashOf(node, bytes))
  }
  return mined
}

export function templateOf(node: RpcNode): BlockTemplate {
  const template = node.view.template(Math.floor(node.now() / 1000), node.templateOptions)
  if (template === undefined) throw new RpcError(RPC.misc, 'The chain is on the move')
  node.noteTemplate(template)
  return template
}

/** Searches the nonce of a block in place. */
export function grind({ view }: RpcNode, block: Uint8Array, triesMax: number): boolean {
  return grindNonce(block, view.chain.chain, view.crypto, triesMax)
}

/** Submits a block of our own; throws RpcError when the node does not take it. */
export function submitMined(node: RpcNode, block: Uint8Array): void {
  const verdict = node.submit('submitBlock', block)
  if (verdict.outcome === 'rejected')
    throw new RpcError(RPC.internal, `ProcessNewBlock, block not accepted: ${rejectLine(verdict)}`)
}

export function hashOf({ view }: RpcNode, block: Uint8Array): string {
  return hashToHex(view.crypto.hash256(block.subarray(0, 80)))
}
