import { type Block, hashKey, hashToHex } from '../../wire/index.ts'
import type { PeerContext } from '../context.ts'

/** A block joined the active chain: what it holds is neither asked for nor announced any more, and patience ends sooner. */
export function noteConnected(context: PeerContext, block: Block): void {
  const { blocks, confirmed, latestBlock, log, orphans, requests, unbroadcast } = context
  for (const { txid, wtxid } of block.transactions) {
    if (unbroadcast.has(hashKey(txid))) {
      log(
        'debug',
        `Removed ${hashToHex(txid)} from set of unbroadcast txns before confirmation that txn was sent out`,
      )
      unbroadcast.remove(hashKey(txid))
    }
    for (const key of [hashKey(txid), hashKey(wtxid)]) {
      confirmed.add(key)
      requests.forget(key)
    }
  }
  const erased = orphans.removeForBlock(block.transactions)
  if (erased > 0) log('debug', `Erased ${erased} orphan transaction(s) included or conflicted by block`)
  latestBlock.set(block)
  if (blocks.stallPatience.shrink())
    log('debug', `Decreased stalling timeout to ${Math.floor(blocks.stallPatience.ms / 1000)} seconds`)
}
