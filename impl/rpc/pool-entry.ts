import type { PoolEntry } from '../mempool/index.ts'
import { hashKey } from '../wire/index.ts'
import type { RpcNode } from './node.ts'
import { RPC, RpcError } from './rpc-error.ts'

/** An unconfirmed transaction by its id. Throws RpcError. */
export function findEntry(view: RpcNode['view'], txid: Uint8Array): PoolEntry {
  const entry = view.pool.pool.get(hashKey(txid))
  if (entry === undefined) throw new RpcError(RPC.addressOrKey, 'Transaction not in mempool')
  return entry
}
