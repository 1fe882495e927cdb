import { describe, expect, test } from 'vitest'
import { MemoryFiles, MemoryOrderedStore } from '../platform/index.ts'
import type { Files } from '../storage/index.ts'
import { testChain } from '../testing/chains.ts'
import { crypto, TestNode } from '../testing/node.ts'
import { type Block, bytesToHex } from '../wire/index.ts'
import { StoreError } from './store-error.ts'
import { FLUSH_KEY } from './store-keys.ts'

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
  open: () => TestNode
  flip: (name: string, offset: number) => void
  store: MemoryOrderedStore
} {
  const { files, flip } = damageable()
  const store = new MemoryOrderedStore()
  const open = () => new TestNode(chain, { files, store })
  const node = open()
  const blocks = node.mineMany(19)
  blocks.push(node.mine({ transactions: [node.forge.spend(blocks[0]!.transactions[0]!)] }))
  node.chainstate.flush()
  return { blocks, open, flip, store }
}

describe('damaged data', () => {
  test('of a block on a branch makes it wait for its data', () => {
    const { files, flip } = damageable()
    const store = new MemoryOrderedStore()
    const node = new TestNode(chain, { files, store })
    const genesis = node.tip
    node.mineMany(2)
    const at = files.size('blk00000.dat')
    const b1 = node.mine({ extra: 1 }, genesis)
    const b2 = node.mine({ extra: 1 }, node.node(b1))
    node.chainstate.flush()
    flip('blk00000.dat', at + 50)
    const again = new TestNode(chain, { files, store })
    const b3 = again.mine({ extra: 1 }, again.chainstate.node(b2.hash)!)
    expect(again.chainstate.verdictOf(b3.hash)).toEqual({ outcome: 'stored' })
    expect(again.tip.height).toBe(2)
    expect(again.deliver(b1)).toEqual({ outcome: 'connected' })
    expect(again.tip.height).toBe(3)
  })

  test('of undo stops the node, and the next start rebuilds the coins', () => {
    const { blocks, open, flip } = closed()
    const digest = bytesToHex(open().chainstate.coinDigest())
    flip('rev00000.dat', -1)
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

test('a store of another chain is refused in one line', () => {
  const { store } = closed()
  const other = { ...chain, genesis: chain.genesis, name: 'other' }
  expect(() => new TestNode(other, { store })).not.toThrow()
  const genesis = new TestNode(chain).forge.block(new TestNode(chain).tip)
  expect(() => new TestNode({ ...chain, genesis }, { store })).toThrow(StoreError)
})
