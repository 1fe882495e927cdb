import { expect, test } from 'vitest'
import { testChain } from '../testing/chains.ts'
import { LossyStorage } from '../testing/lossy-storage.ts'
import { crypto, LATER, TestChain } from '../testing/test-chain.ts'
import { type Block, hashToHex } from '../wire/index.ts'
import type { Chainstate } from './chainstate.ts'
import type { ChainstateOptions } from './options.ts'
import { FLUSH_KEY } from './store-keys.ts'

const chain = testChain(crypto)

function open(storage: LossyStorage): TestChain {
  return new TestChain(chain, optionsFor(storage))
}

function optionsFor({ files, store }: LossyStorage): Partial<ChainstateOptions> {
  return { files, store, flushAfterBlocks: 9, flushSliceOperations: 2, fileBytesMax: 4000 }
}

/** 200 blocks in an order with ties, reorganisations of up to six blocks, and spends on both sides. */
function story(): Block[] {
  const node = new TestChain(chain)
  const blocks: Block[] = []
  const mine = (...options: Parameters<TestChain['mine']>) => {
    const block = node.mine(...options)
    blocks.push(block)
    return block
  }
  for (let i = 0; i < 6; i++) mine()
  for (let round = 0; blocks.length < 200; round++) {
    const fork = node.tip
    const ripe = node.chainstate.block(fork.ancestor(fork.height - 4))!.transactions[0]!
    const spend = node.forge.spend(ripe, 0, { lockTime: round % 3 })
    const depth = 1 + (round % 6)
    for (let i = 0; i < depth; i++) mine(i === 0 ? { transactions: [spend] } : { extra: round })
    let parent = fork
    for (let i = 0; i <= depth; i++) {
      const transactions = i === 1 ? [node.forge.spend(ripe), node.forge.spend(node.forge.spend(ripe))] : []
      parent = node.node(mine({ extra: 1000 + round, transactions }, parent))
    }
  }
  return blocks
}

test('after a crash at any write the node opens on a state it had, and goes on', { timeout: 60_000 }, () => {
  const blocks = story()
  const digests = digestsAlong(blocks)
  const storage = new LossyStorage()
  const node = open(storage)
  let durableWork = 0n
  let writes = 0
  let unfinishedFlushes = 0
  storage.beforeWrite = () => {
    writes++
    for (const kept of [0, 0.5, 1]) {
      const survivor = storage.afterCrash(kept)
      if (survivor.store.get(FLUSH_KEY) !== undefined) unfinishedFlushes++
      const again = open(survivor)
      expect(digests.get(hashToHex(again.tip.hash))).toBe(digestOf(again.chainstate))
      while (again.chainstate.connectNext());
      expect(digests.get(hashToHex(again.tip.hash))).toBe(digestOf(again.chainstate))
      expect(again.tip.chainWork >= durableWork).toBe(true)
      if (writes % 40 !== 0) continue
      for (const block of blocks) again.deliver(block)
      finals.push(again.tip.hash, again.chainstate.coinDigest())
    }
  }
  const finals: Uint8Array[] = []
  for (const [i, block] of blocks.entries()) {
    node.chainstate.acceptBlock(block, LATER)
    while (node.chainstate.connectNext());
    if (i % 25 === 24) {
      node.chainstate.flush()
      durableWork = node.tip.chainWork
    }
  }
  expect(writes).toBeGreaterThan(500)
  expect(unfinishedFlushes).toBeGreaterThan(50)
  for (let i = 0; i < finals.length; i += 2) {
    expect(finals[i]).toEqual(node.tip.hash)
    expect(finals[i + 1]).toEqual(node.chainstate.coinDigest())
  }
})

test('a crash while a crash is being repaired does no harm', () => {
  const storage = new LossyStorage()
  const node = open(storage)
  let caught: LossyStorage | undefined
  storage.beforeWrite = () => {
    const survivor = storage.afterCrash(1)
    if (survivor.store.get(FLUSH_KEY) !== undefined) caught = survivor
  }
  const blocks = story().slice(0, 60)
  for (const block of blocks) node.deliver(block)
  const repaired = open(caught!.afterCrash(1))
  const expected = [repaired.tip.hash, repaired.chainstate.coinDigest()]
  const broken = caught!.afterCrash(1)
  let repairs = 0
  broken.beforeWrite = () => {
    const third = open(broken.afterCrash(repairs % 2))
    expect([third.tip.hash, third.chainstate.coinDigest()]).toEqual(expected)
    repairs++
  }
  open(broken)
  expect(repairs).toBeGreaterThan(2)
})

/** The coin digest at every tip that the story passes through. */
function digestsAlong(blocks: readonly Block[]): Map<string, string> {
  const node = new TestChain(chain)
  const digests = new Map<string, string>()
  const note = () => digests.set(hashToHex(node.tip.hash), digestOf(node.chainstate))
  note()
  node.chainstate.listen({ connected: note, disconnected: note })
  for (const block of blocks) node.deliver(block)
  return digests
}

function digestOf(chainstate: Chainstate): string {
  return hashToHex(chainstate.coinDigest())
}
