import { describe, expect, test } from 'vitest'
import { testChain } from '../testing/chains.ts'
import { ANYONE } from '../testing/forge.ts'
import { crypto, LATER, TestChain } from '../testing/test-chain.ts'
import { type Block, concatBytes, hashToHex, type Transaction } from '../wire/index.ts'

const chain = testChain(crypto)
const digestOf = (node: TestChain) => hashToHex(node.chainstate.coinDigest())
const firstOutput = (transaction: Transaction) => concatBytes(transaction.txid, new Uint8Array(4))

/** A node of six blocks with the next two at hand, each with a spend of the one before; the digest after each. */
function prepared() {
  const node = new TestChain(chain)
  const twin = new TestChain(chain)
  for (const block of node.mineMany(6)) twin.deliver(block)
  const ripe = node.chainstate.block(node.tip.ancestor(1))!.transactions[0]!
  const spend = node.forge.spend(ripe)
  const next = twin.mine({ transactions: [spend, node.forge.spend(spend)] })
  const digest = digestOf(twin)
  const afterNext = twin.mine({ transactions: [node.forge.spend(node.forge.spend(spend))] })
  return { node, ripe, spend, next, digest, afterNext, lastDigest: digestOf(twin) }
}

/** Accepts a block and begins to connect it. */
function begin({ chainstate }: TestChain, block: Block) {
  expect(chainstate.acceptBlock(block, LATER)).toEqual({ outcome: 'stored' })
  expect(chainstate.connectNext()).toBe(true)
}

describe('while a block is being connected', () => {
  test('the tip and the coins are those before it', () => {
    const { node, ripe, spend, next, digest } = prepared()
    const { chainstate } = node
    const before = [node.tip.height, chainstate.coinCount, digestOf(node), chainstate.coins.balanceOf(ANYONE)]
    begin(node, next)
    expect([
      node.tip.height,
      chainstate.coinCount,
      digestOf(node),
      chainstate.coins.balanceOf(ANYONE),
    ]).toEqual(before)
    expect(chainstate.coin(firstOutput(ripe))).toBeDefined()
    expect(chainstate.coin(firstOutput(spend))).toBeUndefined()
    expect(chainstate.verdictOf(next.hash)).toEqual({ outcome: 'stored' })
    expect(chainstate.connectNext()).toBe(false)
    expect(chainstate.verdictOf(next.hash)).toEqual({ outcome: 'connected' })
    expect(chainstate.coin(firstOutput(ripe))).toBeUndefined()
    expect(digestOf(node)).toBe(digest)
  })

  test('the next one is accepted, and begun in the step that ends the first', () => {
    const { node, next, afterNext, digest, lastDigest } = prepared()
    begin(node, next)
    begin(node, afterNext)
    expect(hashToHex(node.tip.hash)).toBe(hashToHex(next.hash))
    expect(digestOf(node)).toBe(digest)
    expect(node.chainstate.connectNext()).toBe(false)
    expect(hashToHex(node.tip.hash)).toBe(hashToHex(afterNext.hash))
    expect(digestOf(node)).toBe(lastDigest)
  })

  test('a flush ends it first, and leaves coins that the next one finds in the store', () => {
    const { node, next, afterNext, lastDigest } = prepared()
    const small = new TestChain(chain, { coinBytesMax: 1, flushAfterBlocks: 1000 })
    for (let height = 1; height <= 6; height++)
      small.deliver(node.chainstate.block(node.chainstate.activeAt(height)!)!)
    begin(small, next)
    small.chainstate.flush()
    expect(hashToHex(small.tip.hash)).toBe(hashToHex(next.hash))
    expect(small.deliver(afterNext)).toEqual({ outcome: 'connected' })
    expect(digestOf(small)).toBe(lastDigest)
  })

  test.each(['invalidate', 'reconsider', 'precious'] as const)('%s ends it first', (override) => {
    const { node, next, digest } = prepared()
    const moves: string[] = []
    node.chainstate.listen({
      connected: (_, { height }) => moves.push(`+${height}`),
      disconnected: (_, { height }) => moves.push(`-${height}`),
    })
    const before = digestOf(node)
    begin(node, next)
    expect(node.chainstate[override](next.hash)).toBe(true)
    while (node.chainstate.connectNext());
    const isOut = override === 'invalidate'
    expect(moves).toEqual(isOut ? ['+7', '-7'] : ['+7'])
    expect(digestOf(node)).toBe(isOut ? before : digest)
  })

  test('a better branch takes its turn when the block is connected', () => {
    const { node, next } = prepared()
    const other = new TestChain(chain)
    const branch = [other.mine({ extra: 1 }), ...other.mineMany(7)]
    begin(node, next)
    for (const block of branch) node.chainstate.acceptBlock(block, LATER)
    const heights: number[] = []
    while (node.chainstate.connectNext()) heights.push(node.tip.height)
    expect(heights).toEqual([7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6, 7])
    expect(digestOf(node)).toBe(digestOf(other))
  })
})

describe('a block that spends its own coins', () => {
  const { node, ripe, spend } = prepared()
  const child = node.forge.spend(spend)
  const fate = (...transactions: Transaction[]) => {
    const before = digestOf(node)
    const verdict = node.deliver(node.forge.block(node.tip, { transactions }))
    expect(digestOf(node)).toBe(before)
    return 'reason' in verdict ? verdict.reason : verdict.outcome
  }

  test('spends each once, and after it was made', () => {
    expect(fate(spend, child, node.forge.spend(spend, 0, { lockTime: 1 }))).toBe(
      'bad-txns-inputs-missingorspent',
    )
    expect(fate(child, spend)).toBe('bad-txns-inputs-missingorspent')
    expect(fate(spend, node.forge.spend(ripe, 0, { lockTime: 1 }))).toBe('bad-txns-inputs-missingorspent')
  })

  test('does not spend what is no coin, or not ripe', () => {
    const burnt = node.forge.spend(ripe, 0, { outputs: [{ value: 1, script: Uint8Array.of(0x6a) }] })
    expect(fate(burnt, node.forge.spend(burnt))).toBe('bad-txns-inputs-missingorspent')
    const own = node.forge.block(node.tip).transactions[0]!
    expect(fate(node.forge.spend(own))).toBe('bad-txns-premature-spend-of-coinbase')
  })
})
