import { describe, expect, test } from 'vitest'
import { testChain } from '../testing/chains.ts'
import { ANYONE } from '../testing/forge.ts'
import { crypto, LATER, TestChain } from '../testing/test-chain.ts'
import { type Block, bytesToHex, concatBytes, equalBytes } from '../wire/index.ts'

const chain = testChain(crypto)
const digestOf = (node: TestChain) => bytesToHex(node.chainstate.coinDigest())

/** A node that saw only this branch: what any reorganisation must be equal to. */
function freshNode(blocks: readonly Block[]): TestChain {
  const node = new TestChain(chain)
  for (const block of blocks) expect(node.deliver(block)).toEqual({ outcome: 'connected' })
  return node
}

describe('the active chain', () => {
  test('grows by blocks that spend what it holds', () => {
    const node = new TestChain(chain)
    const [first] = node.mineMany(4)
    const spend = node.forge.spend(first!.transactions[0]!)
    node.mine({ transactions: [spend] })
    expect(node.tip.height).toBe(5)
    expect(node.chainstate.coinCount).toBe(5)
    const outpoint = concatBytes(spend.txid, new Uint8Array(4))
    expect(node.chainstate.coin(outpoint)).toEqual({
      height: 5,
      isCoinbase: false,
      value: 50_0000_0000,
      script: ANYONE,
    })
    expect(node.chainstate.coin(spend.inputs[0]!.outpoint)).toBeUndefined()
    expect(node.chainstate.coins.balanceOf(ANYONE)).toBe(BigInt(5 * 50_0000_0000))
  })

  test('follows the most work, and the first seen of equals', () => {
    const node = new TestChain(chain)
    const genesis = node.tip
    const a1 = node.mine()
    const b1 = node.mine({ extra: 1 }, genesis)
    expect(equalBytes(node.tip.hash, a1.hash)).toBe(true)
    expect(node.chainstate.verdictOf(b1.hash)).toEqual({ outcome: 'stored' })
    const b2 = node.mine({ extra: 1 }, node.node(b1))
    expect(equalBytes(node.tip.hash, b2.hash)).toBe(true)
    expect(digestOf(node)).toBe(digestOf(freshNode([b1, b2])))
  })

  test('first seen is when the data is whole, not when the header came', () => {
    const node = new TestChain(chain)
    const genesis = node.tip
    const late = node.forge.block(genesis, { extra: 7 })
    expect(node.chainstate.acceptHeader(late.header, LATER)).toEqual({ outcome: 'stored' })
    const early = node.mine()
    expect(node.deliver(late)).toEqual({ outcome: 'stored' })
    expect(equalBytes(node.tip.hash, early.hash)).toBe(true)
  })

  test('keeps nothing of a block in memory for its header', () => {
    const node = new TestChain(chain)
    const block = node.mine()
    const { header, hash } = node.node(block)
    expect(header).toEqual(block.header.raw)
    expect(hash).toEqual(block.hash)
    expect(header.buffer).not.toBe(block.raw.buffer)
  })

  test('connects blocks that came before their parents', () => {
    const node = new TestChain(chain)
    const other = new TestChain(chain)
    const [one, two, three] = other.mineMany(3)
    for (const block of [one!, two!, three!]) node.chainstate.acceptHeader(block.header, LATER)
    expect(node.deliver(three!)).toEqual({ outcome: 'stored' })
    expect(node.deliver(two!)).toEqual({ outcome: 'stored' })
    expect(node.deliver(one!)).toEqual({ outcome: 'connected' })
    expect(node.tip.height).toBe(3)
  })
})

describe('a reorganisation', () => {
  test('of a thousand blocks leaves the coins of the new branch, with little memory', () => {
    const node = new TestChain(chain, { coinBytesMax: 1 << 20, flushAfterBlocks: 100, fileBytesMax: 50_000 })
    const other = new TestChain(chain)
    const first = node.mine({ extra: 5 })
    node.mineMany(1099)
    const branch = other.mineMany(1101)
    for (const block of branch) node.chainstate.acceptHeader(block.header, LATER)
    for (const block of branch) node.chainstate.acceptBlock(block, LATER)
    while (node.chainstate.connectNext());
    expect(equalBytes(node.tip.hash, other.tip.hash)).toBe(true)
    expect(digestOf(node)).toBe(digestOf(other))
    expect(node.chainstate.verdictOf(first.hash)).toEqual({ outcome: 'stored' })
  })

  test('that meets an invalid block goes back to where it was', () => {
    const node = new TestChain(chain)
    const [shared] = node.mineMany(4)
    const fork = node.tip
    const a1 = node.mine({ transactions: [node.forge.spend(shared!.transactions[0]!)] })
    const before = digestOf(node)
    const b1 = node.mine({ extra: 1 }, fork)
    const bad = node.forge.block(node.node(b1), {
      coinbaseOutputs: [{ value: 99_0000_0000, script: ANYONE }],
    })
    expect(node.deliver(bad)).toMatchObject({
      outcome: 'rejected',
      class: 'invalid',
      reason: 'bad-cb-amount',
    })
    expect(equalBytes(node.tip.hash, a1.hash)).toBe(true)
    expect(digestOf(node)).toBe(before)
    const child = node.forge.block(node.chainstate.node(bad.hash)!)
    expect(node.deliver(child)).toEqual({ outcome: 'invalid-ancestor', reason: 'bad-prevblk' })
    expect(node.deliver(bad)).toMatchObject({ reason: 'duplicate-invalid' })
  })

  test('brings back a coin that both branches spend', () => {
    const node = new TestChain(chain)
    const [shared] = node.mineMany(4)
    const fork = node.tip
    const coin = shared!.transactions[0]!
    const toA = node.forge.spend(coin)
    const toB = node.forge.spend(coin, 0, { lockTime: 1 })
    node.mine({ transactions: [toA, node.forge.spend(toA)] })
    const b1 = node.mine({ extra: 1, transactions: [toB] }, fork)
    node.mine({ transactions: [node.forge.spend(toB)] }, node.node(b1))
    expect(node.chainstate.coin(concatBytes(toB.txid, new Uint8Array(4)))).toBeUndefined()
    expect(node.tip.height).toBe(6)
    expect(node.chainstate.coinCount).toBe(6)
  })
})

describe('by hand', () => {
  test('invalidate leaves a block, reconsider returns to it', () => {
    const node = new TestChain(chain)
    const blocks = node.mineMany(5)
    const digest = digestOf(node)
    expect(node.chainstate.invalidate(blocks[2]!.hash)).toBe(true)
    while (node.chainstate.connectNext());
    expect(node.tip.height).toBe(2)
    expect(digestOf(node)).toBe(digestOf(freshNode(blocks.slice(0, 2))))
    expect(node.chainstate.verdictOf(blocks[4]!.hash)).toMatchObject({ outcome: 'invalid-ancestor' })
    expect(node.chainstate.headerTip.height).toBe(2)
    expect(node.chainstate.reconsider(blocks[2]!.hash)).toBe(true)
    while (node.chainstate.connectNext());
    expect(node.tip.height).toBe(5)
    expect(digestOf(node)).toBe(digest)
    expect(node.chainstate.invalidate(chain.genesis.hash)).toBe(false)
  })

  test('invalidate turns to a branch of less work', () => {
    const node = new TestChain(chain)
    const genesis = node.tip
    const [a1] = node.mineMany(3)
    const b1 = node.mine({ extra: 1 }, genesis)
    node.chainstate.invalidate(a1!.hash)
    while (node.chainstate.connectNext());
    expect(equalBytes(node.tip.hash, b1.hash)).toBe(true)
  })

  test('precious wins a tie, and only a tie', () => {
    const node = new TestChain(chain)
    const genesis = node.tip
    const a1 = node.mine()
    const b1 = node.mine({ extra: 1 }, genesis)
    node.chainstate.precious(b1.hash)
    while (node.chainstate.connectNext());
    expect(equalBytes(node.tip.hash, b1.hash)).toBe(true)
    node.chainstate.precious(a1.hash)
    while (node.chainstate.connectNext());
    expect(equalBytes(node.tip.hash, a1.hash)).toBe(true)
    node.mine({}, node.node(b1))
    expect(node.tip.height).toBe(2)
    node.chainstate.precious(a1.hash)
    while (node.chainstate.connectNext());
    expect(node.tip.height).toBe(2)
  })
})

describe('a failure that may pass', () => {
  test('a block too far in the future is taken later', () => {
    const node = new TestChain(chain)
    const block = node.forge.block(node.tip, { time: 2_000_000_000 })
    const limit = 2_000_000_000 - 7200
    expect(node.deliver(block, limit - 1)).toMatchObject({ class: 'premature', reason: 'time-too-new' })
    expect(node.deliver(block, limit)).toEqual({ outcome: 'connected' })
  })

  test('a block with doubled transactions does not spoil the honest one', () => {
    const node = new TestChain(chain)
    const [one, two] = node.mineMany(5)
    const transactions = [one!, two!].map((block) => node.forge.spend(block.transactions[0]!))
    const options = { transactions: [...transactions], extra: 3 }
    const honest = node.forge.block(node.tip, options)
    const doubled = node.forge.block(node.tip, {
      ...options,
      repeatLast: 1,
      merkleRoot: honest.header.merkleRoot,
    })
    expect(equalBytes(honest.hash, doubled.hash)).toBe(true)
    expect(node.deliver(doubled)).toMatchObject({ class: 'mutated', reason: 'bad-txns-duplicate' })
    expect(node.deliver(honest)).toEqual({ outcome: 'connected' })
    expect(node.deliver(honest)).toEqual({ outcome: 'duplicate', reason: 'duplicate' })
  })

  test('a block without its parent waits for it', () => {
    const node = new TestChain(chain)
    const [one, two] = new TestChain(chain).mineMany(2)
    expect(node.deliver(two!)).toMatchObject({ class: 'missing', reason: 'prev-blk-not-found' })
    expect(node.deliver(one!)).toEqual({ outcome: 'connected' })
    expect(node.deliver(two!)).toEqual({ outcome: 'connected' })
  })
})
