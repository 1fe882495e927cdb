import { describe, expect, it } from 'vitest'
import { blockHash } from '../encoding/index.ts'
import type { Block } from '../vocabulary/index.ts'
import { invalidate, reconsider } from './operator-override.ts'
import { receiveBlock, receiveHeader } from './receive.ts'
import { extend, openChain } from './state.ts'
import { GENESIS, mine, mineChain, NOW, TINY } from './testing.ts'

const deliver = (blocks: readonly Block[]) =>
  blocks.reduce((state, block) => receiveBlock(state, block, NOW).state, openChain(TINY))
const long = mineChain(GENESIS, 3, { tag: 1 })
const short = mineChain(GENESIS, 2, { tag: 2 })
const state = deliver([...long.blocks, ...short.blocks])
const hashes = long.blocks.map((block) => blockHash(block.header))

describe('by hand', () => {
  it('a block is declared invalid, and the next best chain followed', () => {
    const after = invalidate(state, hashes[1]!)
    expect(after.tip.hash).toBe(short.top.hash)
    expect(invalidate(after, short.top.hash).tip.hash).toBe(hashes[0])
  })
  it('it is taken back', () => {
    const after = reconsider(invalidate(state, hashes[0]!), hashes[2]!)
    expect(after.tip.hash).toBe(long.top.hash)
    expect(after.failures.isEmpty()).toBe(true)
  })
  it('a sibling above what is taken back stays invalid', () => {
    const sibling = mine(extend(GENESIS, long.blocks[0]!.header), { tag: 3 })
    const both = receiveBlock(state, sibling, NOW).state
    const after = reconsider(invalidate(both, hashes[0]!), hashes[2]!)
    expect([...after.failures.keys()]).toEqual([blockHash(sibling.header)])
  })
  it('what breaks a rule breaks it again', () => {
    const bad = mine(long.top, { more: 1 })
    const failed = receiveBlock(state, bad, NOW).state
    const after = reconsider(failed, blockHash(bad.header))
    expect(after.tip.hash).toBe(long.top.hash)
    expect(after.failures.has(blockHash(bad.header))).toBe(true)
  })
  it('a block that waits for one below it stays invalid when that comes', () => {
    const headers = long.blocks.reduce(
      (at, { header }) => receiveHeader(at, header, NOW).state,
      openChain(TINY),
    )
    const [low, middle, high] = long.blocks
    const waiting = [middle!, high!].reduce((at, block) => receiveBlock(at, block, NOW).state, headers)
    const linked = receiveBlock(invalidate(waiting, hashes[1]!), low!, NOW).state
    expect(linked.tip.hash).toBe(hashes[0])
    expect(reconsider(linked, hashes[1]!).tip.hash).toBe(long.top.hash)
  })
  it('genesis and unknown blocks are left alone', () => {
    expect(invalidate(state, GENESIS.hash)).toBe(state)
    expect(reconsider(openChain(TINY), hashes[0]!).tip.hash).toBe(GENESIS.hash)
  })
})
