import { PriorityQueue } from '../collections/index.ts'
import type { PoolEntry, TransactionPool } from '../mempool/index.ts'
import { ancestorsOf, withDescendants } from '../mempool/index.ts'

/** Room for transactions in a block. */
export interface BlockRoom {
  readonly weight: number
  readonly sigopsCost: number
  /** Sats per 1,000 virtual bytes below which nothing is taken. [Core -blockmintxfee] */
  readonly feeRateMin: number
  /** Blocks may hold witnesses. [BIP141] */
  readonly witnesses: boolean
}

/** So many packages in a row that do not fit end the search, once so little room is left. [Core addChunks] */
const MISFITS_MAX = 1000
const ROOM_WORTH_SEARCHING = 4000

/** An entry with those ancestors that are not in the block yet. */
interface Package {
  readonly entry: PoolEntry
  readonly fees: number
  readonly vsize: number
}

/**
 * Fills a block with the transactions that pay most for their room, each with the ancestors it needs; parents come
 * before children. [Core BlockAssembler]
 */
export function selectTransactions(pool: TransactionPool, room: BlockRoom): PoolEntry[] {
  const chosen = new Set<PoolEntry>()
  const current = new Map<PoolEntry, Package>()
  const queue = new PriorityQueue<Package>(isBetter)
  const enqueue = (pack: Package): void => {
    current.set(pack.entry, pack)
    queue.push(pack)
  }
  const barred = room.witnesses ? new Set() : withWitnesses(pool)
  for (const entry of pool.entries())
    if (!barred.has(entry)) enqueue({ entry, fees: entry.ancestorFees, vsize: entry.ancestorVsize })
  let { weight, sigopsCost } = room
  let misfits = 0
  for (let pack = queue.pop(); pack !== undefined; pack = queue.pop()) {
    if (misfits > MISFITS_MAX && weight < ROOM_WORTH_SEARCHING) break
    if (chosen.has(pack.entry) || current.get(pack.entry) !== pack) continue
    if (pack.fees * 1000 < room.feeRateMin * pack.vsize) break
    const members = missingAncestors(pack.entry, chosen)
    const packWeight = sum(members, (member) => member.transaction.weight)
    const packSigops = sum(members, (member) => member.sigopsCost)
    if (packWeight > weight || packSigops > sigopsCost) {
      misfits++
      continue
    }
    misfits = 0
    weight -= packWeight
    sigopsCost -= packSigops
    for (const member of members) chosen.add(member)
    for (const member of members)
      for (const heir of withDescendants(member.children))
        if (!chosen.has(heir) && !barred.has(heir)) enqueue(without(current.get(heir)!, member))
  }
  return [...chosen]
}

/** Transactions with witnesses, and all that spend them. */
function withWitnesses(pool: TransactionPool): Set<PoolEntry> {
  const entries: PoolEntry[] = []
  for (const entry of pool.entries()) if (entry.transaction.hasWitness) entries.push(entry)
  return withDescendants(entries)
}

function isBetter(a: Package, b: Package): boolean {
  const difference = rate(a) - rate(b)
  return difference !== 0 ? difference > 0 : a.entry.sequence < b.entry.sequence
}

/** The rate at which a miner gets the entry: its own, or that with its ancestors, whichever is less. */
function rate({ entry, fees, vsize }: Package): number {
  return Math.min(entry.modifiedFee / entry.vsize, fees / vsize)
}

function without(pack: Package, member: PoolEntry): Package {
  return { entry: pack.entry, fees: pack.fees - member.modifiedFee, vsize: pack.vsize - member.vsize }
}

/** The entry and what it needs, those with fewest ancestors first, so that parents come before children. */
function missingAncestors(entry: PoolEntry, chosen: ReadonlySet<PoolEntry>): PoolEntry[] {
  const members = [...ancestorsOf(entry.parents)].filter((ancestor) => !chosen.has(ancestor))
  members.push(entry)
  return members.sort((a, b) => a.ancestors - b.ancestors || a.sequence - b.sequence)
}

function sum(entries: readonly PoolEntry[], of: (entry: PoolEntry) => number): number {
  let total = 0
  for (const entry of entries) total += of(entry)
  return total
}
