import type { PoolEntry } from '../../mempool/index.ts'
import { hashToHex } from '../../wire/index.ts'
import { coins } from '../json.ts'

/** Sequences above this one signal that the transaction may not be replaced. [BIP125] */
const REPLACEABLE_MAX = 0xfffffffd

/** An unconfirmed transaction as JSON. [Core entryToJSON] */
export function describeEntry(entry: PoolEntry, isUnbroadcast: boolean) {
  const { transaction } = entry
  return {
    vsize: entry.vsize,
    weight: transaction.weight,
    time: entry.addedAt,
    height: entry.height,
    descendantcount: entry.descendants,
    descendantsize: entry.descendantVsize,
    ancestorcount: entry.ancestors,
    ancestorsize: entry.ancestorVsize,
    wtxid: hashToHex(transaction.wtxid),
    chunkweight: transaction.weight,
    fees: {
      base: coins(entry.fee),
      modified: coins(entry.modifiedFee),
      ancestor: coins(entry.ancestorFees),
      descendant: coins(entry.descendantFees),
      chunk: coins(entry.modifiedFee),
    },
    depends: idsOf(entry.parents).sort(),
    spentby: idsOf(entry.children),
    'bip125-replaceable': isReplaceable(entry),
    unbroadcast: isUnbroadcast,
  }
}

function idsOf(entries: Iterable<PoolEntry>): string[] {
  return Array.from(entries, ({ transaction }) => hashToHex(transaction.txid))
}

/** It or an unconfirmed ancestor signals. [BIP125] */
function isReplaceable(entry: PoolEntry): boolean {
  if (entry.transaction.inputs.some(({ sequence }) => sequence <= REPLACEABLE_MAX)) return true
  for (const parent of entry.parents) if (isReplaceable(parent)) return true
  return false
}
