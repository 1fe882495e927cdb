import { describe, expect, test } from 'vitest'
import { builtInChain, parseChainFile } from '../chains/index.ts'
import { MemoryOrderedStore } from '../platform/index.ts'
import { quickChain } from '../testing/chains.ts'
import { minedHeaders } from '../testing/headers.ts'
import { LightWorld } from '../testing/light-world.ts'
import { LossyStorage } from '../testing/lossy-storage.ts'
import { crypto } from '../testing/spends.ts'
import type { TestNode } from '../testing/test-node.ts'
import { workOf } from '../validation/index.ts'
import {
  ByteReader,
  decodeLocator,
  encodeFrame,
  encodeHeaders,
  FrameReader,
  hashKey,
  hashToHex,
} from '../wire/index.ts'
import { HeaderChain } from './header-chain.ts'
import { LightNode } from './light-node.ts'
import { LightStore } from './light-store.ts'
import type { LightEffect } from './types.ts'

const MINE = Uint8Array.from([0x52, 0x75, 0x51])

/** A light node that knows ten blocks and their filters. */
function synced(store = new MemoryOrderedStore()) {
  const w = new LightWorld(quickChain, 2, store)
  const [a, b] = [w.full(), w.full()]
  w.connect(a, b)
  w.generate(a, 10)
  w.event({ kind: 'watch', scripts: [MINE], fromHeight: 1 })
  w.join(a)
  w.join(b)
  expect(w.searched).toBe(10)
  return { w, a, b, store }
}

/** The height from which the light node asked for filter headers, for each time. */
function startHeights(w: LightWorld): number[] {
  return w.asked
    .filter(({ command }) => command === 'getcfheaders')
    .map(({ payload }) => new ByteReader(payload, 1).u32())
}

/** Fork at a height below the tip, one block longer on both nodes. */
function reorganise(w: LightWorld, nodes: readonly TestNode[], depth: number): void {
  const [a] = nodes
  const hash = hashToHex(w.light.headers.tip.ancestor(a!.tip.height - depth + 1).hash)
  const { chainWork } = a!.tip
  for (const node of nodes) w.post(node, { kind: 'invalidate', hash })
  w.run()
  while (a!.tip.chainWork <= chainWork) {
    w.generate(a!, 1)
    w.flow()
  }
  w.wait(10_000)
}

describe('a light node that is opened again', () => {
  test('has its headers, and asks only for what is new', () => {
    const { w, a, b, store } = synced()
    w.generate(a, 2)
    w.reopen(store)
    expect(w.light.headers.tip.height).toBe(10)
    w.asked.length = 0
    w.searched = 0
    w.event({ kind: 'watch', scripts: [MINE], fromHeight: 1 })
    w.join(a)
    w.join(b)
    expect(w.searched).toBe(12)
    expect(startHeights(w)).toEqual([11, 11])
  })

  test('has forgotten the filters of a branch that it left', () => {
    const { w, a, b, store } = synced()
    reorganise(w, [a, b], 3)
    const { height } = a.tip
    expect(w.searched).toBe(height)
    w.reopen(store)
    expect(hashToHex(w.light.headers.tip.hash)).toBe(a.tip.hash)
    w.asked.length = 0
    w.generate(a, 1)
    w.event({ kind: 'watch', scripts: [MINE], fromHeight: 1 })
    w.join(a)
    w.join(b)
    expect(startHeights(w)).toEqual([height + 1, height + 1])
    expect(w.searched).toBe(height + 1)
  })

  test('goes on from the last header before one that was damaged', () => {
    const { w, a, b, store } = synced()
    const entries = [...store.range(Uint8Array.of(0x68), Uint8Array.of(0x69))]
    const [key, header] = entries[6]!
    const damaged = header.slice()
    damaged[40]! ^= 1
    store.batch([{ put: key, value: damaged }])
    w.reopen(store)
    expect(w.light.headers.tip.height).toBe(6)
    expect([...store.range(Uint8Array.of(0x68), Uint8Array.of(0x69))].length).toBe(6)
    w.event({ kind: 'watch', scripts: [MINE], fromHeight: 1 })
    w.join(a)
    w.join(b)
    expect(hashToHex(w.light.headers.tip.hash)).toBe(a.tip.hash)
    expect(w.searched).toBe(10)
  })

  test('does not open the store of another chain', () => {
    const { w, store } = synced()
    const setup = { ...w.light.setup, chain: builtInChain('signet', crypto)!, store }
    expect(() => new LightNode(setup)).toThrow('the store holds headers of another chain')
  })
})

test('after a crash at any write a light node opens on a state it had, and goes on', {
  timeout: 30_000,
}, () => {
  const storage = new LossyStorage()
  const w = new LightWorld(quickChain, 2, storage.store)
  const [a, b] = [w.full(), w.full()]
  w.connect(a, b)
  w.event({ kind: 'watch', scripts: [MINE], fromHeight: 1 })
  const tips = new Set([hashToHex(w.light.headers.tip.hash)])
  const survivors: LossyStorage[] = []
  let writes = 0
  let durableWork = 0n
  storage.beforeWrite = () => {
    writes++
    tips.add(hashToHex(w.light.headers.tip.hash))
    for (const kept of [0, 0.5, 1]) {
      const survivor = storage.afterCrash(kept)
      const chain = new HeaderChain(w.chain, crypto, new LightStore(survivor.store, w.chain.genesis.hash))
      expect(tips.has(hashToHex(chain.tip.hash))).toBe(true)
      expect(chain.tip.chainWork >= durableWork).toBe(true)
      survivors.push(survivor)
    }
  }
  w.generate(a, 3)
  w.join(a)
  w.join(b)
  for (let round = 0; round < 6; round++) {
    w.generate(a, 2)
    w.flow()
    if (round % 2 === 0) {
      w.event({ kind: 'stop' })
      durableWork = w.light.headers.tip.chainWork
    } else reorganise(w, [a, b], 1 + round)
  }
  storage.beforeWrite = () => {}
  expect(w.searched).toBe(a.tip.height)
  expect(writes).toBeGreaterThan(30)
  for (const { store } of survivors) {
    w.reopen(store)
    w.searched = 0
    w.event({ kind: 'watch', scripts: [MINE], fromHeight: 1 })
    w.join(a)
    w.join(b)
    expect(hashToHex(w.light.headers.tip.hash)).toBe(a.tip.hash)
    expect(w.searched).toBe(a.tip.height)
  }
  expect(w.dismissed.size).toBe(0)
})

describe('headers without work', () => {
  const chain = parseChainFile(quickChain, crypto)
  const all = minedHeaders(chain, crypto, 2101)

  /** Lets a light node fetch these headers from so many peers; how many it keeps. */
  function fetched(minimumBlocks: number, peers: number): number {
    const work = BigInt(minimumBlocks) * workOf(chain.genesis.header.bits)
    const now = (chain.genesis.header.time + 60 * 86400) * 1000
    const light = new LightNode({
      chain: { ...chain, minimumChainWork: work },
      store: new MemoryOrderedStore(),
      crypto,
      entropy: () => 0.3,
      witnessesMin: 1,
      answerMs: 5000,
    })
    const heights = new Map(all.map((header, i) => [hashKey(crypto.hash256(header)), i + 1]))
    const hear = (effects: readonly LightEffect[]): void => {
      for (const effect of effects) {
        expect(effect.kind).not.toBe('disconnect')
        if (effect.kind !== 'send') continue
        const reader = new FrameReader(chain.magic, crypto)
        reader.push(effect.bytes)
        const { command, payload } = reader.next()!
        if (command !== 'getheaders') continue
        const { locator } = decodeLocator(new ByteReader(payload))
        const from = heights.get(hashKey(locator[0]!)) ?? 0
        say(effect.peer, 'headers', encodeHeaders(all.slice(from, from + 2000)))
      }
    }
    const say = (peer: number, command: string, payload: Uint8Array) =>
      hear(
        light.step(
          { kind: 'received', peer, bytes: encodeFrame(chain.magic, command, payload, crypto) },
          now,
        ),
      )
    for (let peer = 0; peer < peers; peer++) {
      hear(light.step({ kind: 'connected', peer }, now))
      say(peer, 'verack', new Uint8Array(0))
    }
    return light.headers.count - 1
  }

  test('are not kept, however many peers send them', () => {
    expect(fetched(2103, 5)).toBe(0)
  })

  test('are kept when there is enough of it, to the last header', () => {
    expect(fetched(2102, 1)).toBe(2101)
    expect(fetched(1, 1)).toBe(2101)
  })
})
