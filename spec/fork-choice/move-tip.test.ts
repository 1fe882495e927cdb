import { describe, expect, it } from 'vitest'
import { blockHash, txid } from '../encoding/index.ts'
import type { Block, Branch, Transaction } from '../vocabulary/index.ts'
import { medianTimePast } from '../vocabulary/index.ts'
import { invalidate } from './operator-override.ts'
import { receiveBlock, receiveHeader } from './receive.ts'
import { extend, type ForkState, openChain } from './state.ts'
import { GENESIS, mine, mineChain, NOW, paidBy, pay, reward, TINY } from './testing.ts'
import { receiveTransaction } from './unconfirmed.ts'

const deliver = (blocks: readonly Block[], from = openChain(TINY)) =>
  blocks.reduce((state, block) => receiveBlock(state, block, NOW).state, from)
const hold = (from: ForkState, ...transactions: Transaction[]) =>
  transactions.reduce((state, transaction) => receiveTransaction(state, transaction).state, from)
const pool = ({ pool }: ForkState) => [...pool.transactions.keys()]
const ids = (transactions: readonly Transaction[]) => transactions.map(txid)

/** Blocks on `parent`, each so many seconds after the one below it. */
function mineAt(parent: Branch, gaps: readonly number[], tag: number) {
  let top = parent
  const blocks = gaps.map((gap) => {
    const block = mine(top, { header: { time: top.header.time + gap }, tag })
    top = extend(top, block.header)
    return block
  })
  return { blocks, top }
}

describe('the pool after a reorganisation that failed', () => {
  const base = mineChain(GENESIS, 3)
  const old = mineChain(base.top, 3, { tag: 1 })
  const good = mine(base.top, { tag: 2 })
  const bad = mine(extend(base.top, good.header), { tag: 2, more: 1 })
  const above = mineChain(extend(extend(base.top, good.header), bad.header), 2, { tag: 2 })
  const rival = [good, bad, ...above.blocks]
  const common = pay([reward(base.blocks[0]!)], 1)
  const local = pay([reward(old.blocks[0]!)], 2)
  const waiting = hold(deliver([...base.blocks, ...old.blocks]), common, local)

  it('lacks what was not valid where the failed branch ended', () => {
    expect(pool(waiting)).toEqual(ids([common, local]))
    const after = deliver(rival, waiting)
    expect(after.tip.hash).toBe(old.top.hash)
    expect(pool(after)).toEqual(ids([common]))
    expect(pool(hold(after, local))).toEqual(ids([common, local]))
  })
  it('lacks what the old branch holds', () => {
    const confirming = mine(old.top, { transactions: [common], tag: 1 })
    const after = deliver([...rival, ...mineChain(above.top, 2).blocks], deliver([confirming], waiting))
    expect(after.tip.hash).toBe(blockHash(confirming.header))
    expect(pool(after)).toEqual([])
  })
})

describe('the pool after a reorganisation', () => {
  it('lacks what was premature where the new branch overtook the old', () => {
    const base = mineChain(GENESIS, 3)
    const old = mineAt(base.top, [600, 600, 600, 600], 1)
    const locked = pay([reward(base.blocks[0]!)], 1, { lockTime: medianTimePast(old.top, 11) - 1 })
    const waiting = hold(deliver([...base.blocks, ...old.blocks]), locked)
    expect(pool(waiting)).toEqual(ids([locked]))
    const quick = mineAt(base.top, [1, 1, 1, 1, 1], 2)
    const slow = mineAt(quick.top, Array(11).fill(3600), 2)
    const rival = [...quick.blocks, ...slow.blocks]
    const headers = rival.reduce((state, { header }) => receiveHeader(state, header, NOW).state, waiting)
    const after = deliver(rival.reverse(), headers)
    expect(after.tip.hash).toBe(slow.top.hash)
    expect(pool(after)).toEqual([])
    expect(pool(hold(after, locked))).toEqual(ids([locked]))
  })
})

describe('the pool after a name was used twice', () => {
  /** Heights do not stand in coinbases, and a spent coinbase may be made again. */
  const chain = {
    ...TINY,
    limits: { ...TINY.limits, coinbaseMaturityBlocks: 1 },
    deployments: { ...TINY.deployments, bip34: { kind: 'never' } as const },
  }
  const same = mine(GENESIS, { chain }).transactions[0]!
  const first = mine(GENESIS, { chain, coinbase: same })
  const spend = pay([reward(first)], 9)
  const spent = mine(extend(GENESIS, first.header), { chain, transactions: [spend] })
  const again = mine(extend(extend(GENESIS, first.header), spent.header), { chain, coinbase: same })
  const rest = mineChain(extend(extend(extend(GENESIS, first.header), spent.header), again.header), 1, {
    chain,
  })
  const onward = pay([paidBy(spend)], 1)
  const last = mine(rest.top, { chain, transactions: [onward] })
  it('loses with a coinbase all that is built on its name', () => {
    const blocks = [first, spent, again, ...rest.blocks, last]
    const state = hold(deliver(blocks, openChain(chain)), spend)
    expect(state.tip.hash).toBe(blockHash(last.header))
    expect(pool(state)).toEqual(ids([spend]))
    expect(pool(invalidate(state, blockHash(last.header)))).toEqual(ids([onward, spend]))
    expect(pool(invalidate(state, blockHash(again.header)))).toEqual([])
  })
})

describe('the pool after a block is declared invalid', () => {
  const base = mineChain(GENESIS, 16)
  const spends = base.blocks.slice(0, 12).map((block) => pay([reward(block)], 1))
  let top = base.top
  const blocks = spends.map((spend, index) => {
    const child = index === 11 ? [pay([paidBy(spends[0]!)], 0)] : []
    const block = mine(top, { transactions: [spend, ...child] })
    top = extend(top, block.header)
    return block
  })
  const state = deliver([...base.blocks, ...blocks])
  it('gets back what ten blocks held, and nothing built on what is forgotten', () => {
    expect(pool(invalidate(state, blockHash(blocks[3]!.header)))).toHaveLength(10)
    const deep = invalidate(state, blockHash(blocks[0]!.header))
    expect(deep.tip.hash).toBe(base.top.hash)
    expect(pool(deep)).toEqual(ids(spends.slice(2)))
  })
})
