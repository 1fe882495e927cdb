import { ancestorsOf, type PoolEntry, withDescendants } from '../mempool/index.ts'
import { hashToHex } from '../wire/index.ts'
import { describeEntry } from './describe/entry-json.ts'
import type { RpcNode } from './node.ts'

/** All relatives of an unconfirmed transaction on one side, by id, or each with what is known of it. */
export function withRelatives(
  view: RpcNode['view'],
  entry: PoolEntry,
  side: 'parents' | 'children',
  isVerbose: boolean,
): string[] | Record<string, unknown> {
  const relatives = [...(side === 'parents' ? ancestorsOf(entry.parents) : withDescendants(entry.children))]
  const ids = relatives.map(({ transaction }) => hashToHex(transaction.txid))
  if (!isVerbose) return ids
  return Object.fromEntries(
    relatives.map((relative, at) => [
      ids[at],
      describeEntry(relative, view.network.unbroadcast.has(relative.key)),
    ]),
  )
}
