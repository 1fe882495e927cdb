import { describe, expect, test } from 'vitest'
import { MemoryFiles, MemoryOrderedStore } from '../platform/index.ts'
import { type Files, StoreError } from '../storage/index.ts'
import { testChain } from '../testing/chains.ts'
import { crypto, TestChain } from '../testing/test-chain.ts'
import { type Block, bytesToHex, hashToHex } from '../wire/index.ts'
import type { ChainstateOptions } from './options.ts'
import { protectStore } from './rebuild.ts'
import { COIN_KEYS, FLUSH_KEY } from './store-keys.ts'

const chain = testChain(crypto)

/** Memory files of which single bytes can be turned over. */
function damageable(): { files: Files; flip: (name: string, offset: number) => void } {
  const files = new MemoryFiles()
  const flip = (name: string, offset: number) => {
    const bytes = files.read(name, 0, files.size(name)).slice()
    bytes[offset < 0 ? bytes.length + offset : offset]! ^= 1
    files.remove(name)
    files.append(name, bytes)
  }
  return { files, flip }
}

/** A node with 20 blocks, closed, and what it is opened with. */
function closed(): {
  blocks: Block[]
  open: (options?: Partial<ChainstateOptions>) => TestChain
  flip: (name: string, offset: number) => void
  store: MemoryOrderedStore
  /** Place of a byte of the undo data of block 10. */
  middleUndo: number
} {
  const { files, flip } = damageable()
  const store = new MemoryOrderedStore()
  const open = (options = {}) => new TestChain(chain, { files, store, ...options })
  const node = open()
  const blocks = node.mineMany(9)
  blocks.push(node.mine({ transactions: [node.forge.spend(blocks[0]!.transactions[0]!)] }))
  const middleUndo = files.size('rev00000.dat') - 1
  blocks.push(...node.mineMany(9))
  blocks.push(node.mine({ transactions: [node.forge.spend(blocks[1]!.transactions[0]!)] }))
  node.chainstate.flush()
  return { blocks, open, flip, store, middleUndo }
}

describe('damaged data', () => {
  test('of a block on a branch makes it wait for its data', () => {
    const { files, flip } = damageable()
    const store = new MemoryOrderedStore()
    const node = new TestChain(chain, { files, store })
    const genesis = node.tip
    node.mineMany(2)
    const at = files.size('blk00000.dat')
    const b1 = node.mine({ extra: 1 }, genesis)
    const b2 = node.mine({ extra: 1 }, node.node(b1))
    node.chainstate.flush()
    flip('blk00000.dat', at + 50)
    const again = new TestChain(chain, { files, store })
    const b3 = again.mine({ extra: 1 }, again.chainstate.node(b2.hash)!)
    expect(again.chainstate.verdictOf(b3.hash)).toEqual({ outcome: 'stored' })
    expect(again.tip.height).toBe(2)
    expect(again.deliver(b1)).toEqual({ outcome: 'connected' })
    expect(again.tip.height).toBe(3)
  })

  test('of undo stops the node, and the next start rebuilds the coins', () => {
    const { blocks, open, flip, middleUndo } = closed()
    const digest = bytesToHex(open().chainstate.coinDigest())
    flip('rev00000.dat', middleUndo)
    const node = open()
    node.chainstate.invalidate(blocks[0]!.hash)
    expect(() => {
      while (node.chainstate.connectNext());
    }).toThrow(StoreError)
    const again = open()
    expect(again.tip.height).toBe(0)
    while (again.chainstate.connectNext());
    expect(again.tip.height).toBe(20)
    expect(bytesToHex(again.chainstate.coinDigest())).toBe(digest)
  })

  test.each([
    ['undo data', 'rev00000.dat', 20],
    ['block', 'blk00000.dat', 19],
  ])('of the %s of the last block is found at the start, and the coins are rebuilt', (_, name, height) => {
    const { blocks, open, flip } = closed()
    const digest = bytesToHex(open().chainstate.coinDigest())
    flip(name, -1)
    const node = open()
    expect(node.chainstate.notice).toBe('block 20 cannot be read back: the coins are rebuilt from the blocks')
    while (node.chainstate.connectNext());
    expect(node.tip.height).toBe(height)
    node.deliver(blocks[19]!)
    expect([node.tip.height, bytesToHex(node.chainstate.coinDigest())]).toEqual([20, digest])
    node.chainstate.flush()
    expect(open().chainstate.notice).toBeUndefined()
  })

  test('of a block that an unfinished flush needs rebuilds the coins as far as blocks go', () => {
    const { blocks, open, flip, store } = closed()
    const state = store.get(Uint8Array.of(0x74))!
    const marker = new Uint8Array(32 + state.length)
    marker.set(chain.genesis.hash)
    marker.set(state, 32)
    store.batch([{ put: FLUSH_KEY, value: marker }])
    expect(open().tip.height).toBe(20)
    store.batch([{ put: FLUSH_KEY, value: marker }])
    flip('blk00000.dat', 100)
    const again = open()
    expect(again.tip.height).toBe(0)
    while (again.chainstate.connectNext());
    expect(again.tip.height).toBe(0)
    for (const block of blocks) again.deliver(block)
    expect(again.tip.height).toBe(20)
  })
})

describe('from the block files alone', () => {
  const digestOf = (node: TestChain) => bytesToHex(node.chainstate.coinDigest())

  /** Opens what is there, connects what it can, and says where it ends. */
  function reopened(open: () => TestChain) {
    const node = open()
    while (node.chainstate.connectNext());
    return node
  }

  test('a lost index is rebuilt, and the files stay', () => {
    const { open, store } = closed()
    const before = open()
    store.clear()
    const after = reopened(open)
    expect(after.chainstate.notice).toBe(
      'the store is empty: 20 of 20 blocks of the block files are judged again',
    )
    expect([after.tip.hash, digestOf(after)]).toEqual([before.tip.hash, digestOf(before)])
    after.chainstate.flush()
    expect(reopened(open).chainstate.notice).toBeUndefined()
    expect(reopened(open).tip.height).toBe(20)
  })

  test('blocks that wait for a missing one are counted', () => {
    const { blocks, open, flip, store } = closed()
    store.clear()
    flip('blk00000.dat', 4)
    expect(open().chainstate.notice).toBe(
      `the store is empty: 0 of 19 blocks of the block files are judged again; 19 wait for block ${hashToHex(blocks[0]!.hash)}, of which there is no whole copy`,
    )
  })

  test('a block whose bytes are damaged is asked for again, and the next ones wait for it', () => {
    const { blocks, open, flip, store } = closed()
    store.clear()
    flip('blk00000.dat', 100)
    const after = reopened(open)
    expect(after.tip.height).toBe(0)
    for (const block of blocks) after.deliver(block)
    expect(after.tip.height).toBe(20)
  })

  test('any inverted bit in the store is noticed, and nothing wrong is served', () => {
    const { files } = damageable()
    const plain = new MemoryOrderedStore()
    const open = () => new TestChain(chain, { files, store: protectStore(plain) })
    const node = open()
    node.mineMany(20)
    node.chainstate.flush()
    const digest = digestOf(node)
    for (const [key, value] of [...plain.range(new Uint8Array(0), Uint8Array.of(0xff))])
      for (const at of [0, value.length >> 1, value.length - 1]) {
        const wrong = value.slice()
        wrong[at]! ^= 4
        plain.batch([{ put: key, value: wrong }])
        expect(() => [...protectStore(plain).range(new Uint8Array(0), Uint8Array.of(0xff))]).toThrow(
          StoreError,
        )
        const after = reopened(open)
        expect([after.tip.height, digestOf(after)]).toEqual([20, digest])
        after.chainstate.flush()
      }
  })

  test('a coin that the store lost without a trace is noticed, if the coins are counted', () => {
    const { open, store } = closed()
    const digest = digestOf(open())
    const [[key] = expect.fail('no coin was stored')] = store.range(COIN_KEYS.start, COIN_KEYS.end)
    store.batch([{ delete: key }])
    expect(open({ checkCoins: false }).chainstate.notice).toBeUndefined()
    const after = reopened(open)
    expect(after.chainstate.notice).toMatch(
      /holds \d+ coins that are not the \d+ of its tip: 20 of 20 blocks/,
    )
    expect([after.tip.height, digestOf(after)]).toEqual([20, digest])
  })

  test('other rules judge all blocks again, and other failures hold', () => {
    const { files } = damageable()
    const store = new MemoryOrderedStore()
    const node = new TestChain(chain, { files, store })
    const coinbase = node.mineMany(6)[0]!.transactions[0]!
    node.mine({ transactions: [node.forge.spend(coinbase)] })
    node.chainstate.flush()
    const strict = testChain(crypto, { limits: { coinbaseMaturityBlocks: 100 } })
    const open = (rules: typeof chain) => reopened(() => new TestChain(rules, { files, store }))
    const after = open(strict)
    expect(after.tip.height).toBe(6)
    expect(after.chainstate.notice).toMatch(/^the stored blocks were judged under other rules: 7 of 7/)
    after.chainstate.flush()
    const back = open(chain)
    expect(back.tip.height).toBe(7)
    back.chainstate.flush()
    expect(open(chain).chainstate.notice).toBeUndefined()
  })
})

test('a store of another chain is refused in one line', () => {
  const { store } = closed()
  const other = { ...chain, genesis: chain.genesis, name: 'other' }
  expect(() => new TestChain(other, { store })).not.toThrow()
  const genesis = new TestChain(chain).forge.block(new TestChain(chain).tip)
  expect(() => new TestChain({ ...chain, genesis }, { store })).toThrow(StoreError)
})
