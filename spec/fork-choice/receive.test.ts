import { describe, expect, it } from 'vitest'
import { chainByName, chainFiles } from '../chains/index.ts'
import { blockHash, encodeBlock, encodeHeader } from '../encoding/index.ts'
import type { Block } from '../vocabulary/index.ts'
import { printDigest } from './coins.ts'
import { receiveBlock, receiveHeader } from './receive.ts'
import { extend, type ForkState, openChain, tipCoins } from './state.ts'
import { GENESIS, mine, mineChain, NOW, pay, reward, solve, TINY } from './testing.ts'

/** Delivers blocks in order; the state after them and what was said of each. */
function deliver(blocks: readonly Block[], from: ForkState = openChain(TINY), now = NOW) {
  const outcomes: string[] = []
  let state = from
  for (const block of blocks) {
    const received = receiveBlock(state, encodeBlock(block), now)
    state = received.state
    const { verdict } = received
    outcomes.push('class' in verdict ? `${verdict.class} ${verdict.reason}` : verdict.outcome)
  }
  return { state, outcomes, tip: state.tip.hash, digest: printDigest(tipCoins(state)) }
}

const hashOf = (block: Block) => blockHash(block.header)

describe('blocks', () => {
  it('connect in order, once', () => {
    const { blocks, top } = mineChain(GENESIS, 5)
    const { outcomes, tip } = deliver([...blocks, blocks[2]!])
    expect(outcomes).toEqual([...Array(5).fill('connected'), 'duplicate'])
    expect(tip).toBe(top.hash)
  })
  it('of the same work stay aside: the first seen wins', () => {
    const [a, b] = [mine(GENESIS, { tag: 1 }), mine(GENESIS, { tag: 2 })]
    expect(deliver([a, b])).toMatchObject({ outcomes: ['connected', 'stored'], tip: hashOf(a) })
    expect(deliver([b, a])).toMatchObject({ outcomes: ['connected', 'stored'], tip: hashOf(b) })
  })
  it('of more work take over, and the coins follow', () => {
    const [a, b] = [mineChain(GENESIS, 3, { tag: 1 }), mineChain(GENESIS, 4, { tag: 2 })]
    const { outcomes, tip, digest } = deliver([...a.blocks, ...b.blocks])
    expect(outcomes.slice(3)).toEqual(['stored', 'stored', 'stored', 'connected'])
    expect(tip).toBe(b.top.hash)
    expect(digest).toBe(deliver(b.blocks).digest)
  })
  it('wait for their parents', () => {
    const { blocks } = mineChain(GENESIS, 4)
    const headers = blocks.reduce(
      (state, { header }) => receiveHeader(state, encodeHeader(header), NOW).state,
      openChain(TINY),
    )
    const [first, ...others] = blocks
    const { outcomes, state } = deliver([...others.reverse(), first!], headers)
    expect(outcomes).toEqual(['stored', 'stored', 'stored', 'connected'])
    expect(state.tip.height).toBe(4)
  })
  it('that waited for one body are ranked as they came, not as their headers did', () => {
    const base = mine(GENESIS)
    const [first, second] = [1, 2].map((tag) => mineChain(extend(GENESIS, base.header), 2, { tag }).blocks)
    const headers = [base, ...first!, ...second!].reduce(
      (state, { header }) => receiveHeader(state, header, NOW).state,
      openChain(TINY),
    )
    const tipAfter = (...blocks: Block[]) => deliver([...blocks, base], headers).tip
    expect(tipAfter(...second!, ...first!)).toBe(hashOf(second![1]!))
    expect(tipAfter(...first!, ...second!)).toBe(hashOf(first![1]!))
    expect(tipAfter(second![0]!, first![0]!, first![1]!, second![1]!)).toBe(hashOf(second![1]!))
    expect(tipAfter(second![1]!, first![0]!, first![1]!, second![0]!)).toBe(hashOf(first![1]!))
  })
  it('are missed by their children', () => {
    const { blocks } = mineChain(GENESIS, 2)
    expect(deliver([blocks[1]!]).outcomes).toEqual(['missing prev-blk-not-found'])
    expect(deliver(blocks).outcomes).toEqual(['connected', 'connected'])
  })
  it('ahead of the clock are taken when their time has come', () => {
    const block = mine(GENESIS, { header: { time: GENESIS.header.time + 9000 } })
    const early = deliver([block], undefined, GENESIS.header.time + 1799)
    expect(early.outcomes).toEqual(['premature time-too-new'])
    expect(deliver([block], early.state, GENESIS.header.time + 1800).outcomes).toEqual(['connected'])
  })
  it('that repeat their tail do not poison the honest block', () => {
    const { blocks, top } = mineChain(GENESIS, 4)
    const spends = [0, 1].map((at) => pay([reward(blocks[at]!)], 1))
    const honest = mine(top, { transactions: spends })
    const mutated = { ...honest, transactions: [...honest.transactions, spends[1]!] }
    const { outcomes } = deliver([...blocks, mutated, honest])
    expect(outcomes.slice(4)).toEqual(['mutated bad-txns-duplicate', 'connected'])
  })
  it('that are held already may come again with other bytes', () => {
    const { blocks, top } = mineChain(GENESIS, 4)
    const spends = [0, 1].map((at) => pay([reward(blocks[at]!)], 1))
    const honest = mine(top, { transactions: spends })
    const mutated = { ...honest, transactions: [...honest.transactions, spends[1]!] }
    const { outcomes } = deliver([...blocks, honest, mutated, honest])
    expect(outcomes.slice(4)).toEqual(['connected', 'mutated bad-txns-duplicate', 'duplicate'])
  })
  it.each([...chainFiles.keys()])('are known when they are the first of %s', (name) => {
    const chain = chainByName(name)!
    const { verdict } = receiveBlock(openChain(chain), encodeBlock(chain.genesis), NOW)
    expect(verdict.outcome).toBe('duplicate')
  })
  it('may be followed by anything in their message', () => {
    const message = Uint8Array.of(...encodeBlock(mine(GENESIS)), 1, 2, 3)
    expect(receiveBlock(openChain(TINY), message, NOW).verdict.outcome).toBe('connected')
  })
  it('with a witness that nothing commits to do not poison the honest block', () => {
    const honest = mine(GENESIS)
    const [coinbase] = honest.transactions
    const inputs = coinbase!.inputs.map((input) => ({ ...input, witness: [new Uint8Array(32)] }))
    const mutated = { ...honest, transactions: [{ ...coinbase!, inputs }] }
    expect(deliver([mutated, honest]).outcomes).toEqual(['mutated unexpected-witness', 'connected'])
  })
  it('that break a rule by themselves may be judged again', () => {
    const bad = mine(GENESIS, { coinbase: { outputs: [] } })
    expect(deliver([bad, bad]).outcomes).toEqual(Array(2).fill('invalid bad-txns-vout-empty'))
  })
  it('that break a rule of what they spend are remembered, with all above them', () => {
    const bad = mine(GENESIS, { more: 1 })
    const above = mine(extend(GENESIS, bad.header))
    expect(deliver([bad, bad, above]).outcomes).toEqual([
      'invalid bad-cb-amount',
      'invalid duplicate-invalid',
      'invalid-ancestor',
    ])
  })
  it('are not bytes', () => {
    const { verdict } = receiveBlock(openChain(TINY), encodeBlock(mine(GENESIS)).slice(0, -1), NOW)
    expect(verdict).toMatchObject({ outcome: 'rejected', reason: 'decode-failed' })
  })
})

describe('a branch of more work with a bad block', () => {
  const good = mineChain(GENESIS, 2, { tag: 1 })
  const bad = mine(GENESIS, { more: 1 })
  const above = mineChain(extend(GENESIS, bad.header), 2)
  it('fails when it is tried, and the old tip stays', () => {
    const { outcomes, tip, state } = deliver([...good.blocks, bad, ...above.blocks])
    expect(outcomes).toEqual(['connected', 'connected', 'stored', 'stored', 'invalid-ancestor'])
    expect(tip).toBe(good.top.hash)
    expect(deliver([above.blocks[0]!], state).outcomes).toEqual(['invalid-ancestor'])
  })
  it('gives its good part to the chain when that has most work', () => {
    const start = mineChain(GENESIS, 3, { tag: 2 })
    const rotten = mine(start.top, { more: 1 })
    const known = [...start.blocks, rotten].reduce(
      (state, block) => receiveHeader(state, block.header, NOW).state,
      deliver(good.blocks).state,
    )
    const { outcomes, tip } = deliver([rotten, ...start.blocks], known)
    expect(outcomes).toEqual(['stored', 'stored', 'stored', 'connected'])
    expect(tip).toBe(start.top.hash)
    expect(deliver([rotten], deliver([rotten, ...start.blocks], known).state).outcomes).toEqual([
      'invalid duplicate-invalid',
    ])
  })
})

describe('headers', () => {
  const header = mine(GENESIS).header
  const verdict = (changed: Parameters<typeof solve>[0], now = NOW) =>
    receiveHeader(openChain(TINY), changed, now).verdict
  it('are stored, once', () => {
    const first = receiveHeader(openChain(TINY), encodeHeader(header), NOW)
    expect(first.verdict.outcome).toBe('stored')
    expect(receiveHeader(first.state, header, NOW).verdict.outcome).toBe('duplicate')
    expect(first.state.tip.height).toBe(0)
  })
  it.each([
    ['high-hash', { ...header, bits: 0x03000001 }],
    ['high-hash', { ...header, bits: 0 }],
    ['bad-diffbits', solve({ ...header, bits: 0x207ffffe })],
    ['time-too-old', solve({ ...header, time: GENESIS.header.time })],
    ['time-too-new', solve({ ...header, time: NOW + 7201 })],
    ['bad-version(0x00000001)', solve({ ...header, version: 1 })],
  ])('are refused: %s', (reason, changed) =>
    expect(verdict(changed)).toMatchObject({ outcome: 'rejected', reason }),
  )
})
