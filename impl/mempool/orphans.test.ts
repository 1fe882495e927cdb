import { describe, expect, test } from 'vitest'
import { crypto, spend } from '../testing/spends.ts'
import { ByteReader, hashKey, parseTransaction, type Transaction } from '../wire/index.ts'
import { Orphanage } from './orphans.ts'

function parse(bytes: Uint8Array): Transaction {
  return parseTransaction(new ByteReader(bytes), crypto)
}

const ROOT = { txid: new Uint8Array(32).fill(9) } as unknown as Transaction
const PARENT = parse(spend([{ from: ROOT }], Array(20).fill(1)))
/** Orphans of the same weight that spend the same parent; `n` makes them differ. */
const orphan = (n: number): Transaction => parse(spend([{ from: PARENT, index: n }], [n]))
const WEIGHT = orphan(1).weight

const key = (transaction: Transaction): string => hashKey(transaction.wtxid)

describe('orphans', () => {
  test('are found by the parent they wait for', () => {
    const orphans = new Orphanage()
    orphans.add(orphan(3), 1)
    orphans.add(orphan(1), 2)
    expect(orphans.childrenOf(PARENT).map(({ peer }) => peer)).toEqual([2, 1])
    expect(orphans.childrenOf(orphan(5))).toEqual([])
  })

  test('one peer’s flood pushes out its own, at the limit not yet', () => {
    const orphans = new Orphanage({ weightPerPeerMax: 3 * WEIGHT, announcementsMax: 100 })
    orphans.add(orphan(0), 2)
    for (const n of [1, 2, 3]) orphans.add(orphan(n), 1)
    expect(orphans.size).toBe(4)
    orphans.add(orphan(4), 1)
    expect(orphans.size).toBe(4)
    expect(orphans.has(key(orphan(1)))).toBe(false)
    expect(orphans.has(key(orphan(0)))).toBe(true)
  })

  test('all together keep to a number of announcements', () => {
    const orphans = new Orphanage({ weightPerPeerMax: 100 * WEIGHT, announcementsMax: 3 })
    orphans.add(orphan(0), 1)
    orphans.add(orphan(0), 2)
    orphans.add(orphan(1), 1)
    expect(orphans.size).toBe(2)
    orphans.add(orphan(2), 1)
    expect(orphans.has(key(orphan(0)))).toBe(true)
    orphans.forgetPeer(2)
    expect(orphans.has(key(orphan(0)))).toBe(false)
  })

  test('when there are too many, the peer with most of them pays, not the one with the heaviest', () => {
    const orphans = new Orphanage({ weightPerPeerMax: 100 * WEIGHT, announcementsMax: 4 })
    const inputs = Array.from({ length: 16 }, (_, i) => ({ from: PARENT, index: 4 + i }))
    const heavy = parse(spend(inputs, [1]))
    expect(heavy.weight).toBeGreaterThan(4 * WEIGHT)
    orphans.add(heavy, 1)
    for (const n of [0, 1, 2]) orphans.add(orphan(n), 2)
    orphans.add(orphan(3), 2)
    expect(orphans.has(key(heavy))).toBe(true)
    expect(orphans.has(key(orphan(0)))).toBe(false)
  })

  test('stay while a peer pays for them', () => {
    const orphans = new Orphanage()
    orphans.add(orphan(0), 1)
    orphans.add(orphan(0), 2)
    orphans.forgetPeer(1)
    expect(orphans.size).toBe(1)
    orphans.forgetPeer(2)
    expect(orphans.size).toBe(0)
    expect(orphans.childrenOf(PARENT)).toEqual([])
  })

  test('go when a block spends the same coins', () => {
    const orphans = new Orphanage()
    orphans.add(orphan(0), 1)
    orphans.add(orphan(1), 1)
    orphans.removeForBlock([parse(spend([{ from: PARENT, index: 1 }], [7]))])
    expect(orphans.has(key(orphan(0)))).toBe(true)
    expect(orphans.has(key(orphan(1)))).toBe(false)
  })
})
