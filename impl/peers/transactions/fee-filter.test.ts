import { describe, expect, test } from 'vitest'
import { quickChain } from '../../testing/chains.ts'
import { RawPeer } from '../../testing/raw-peer.ts'
import { TestWorld } from '../../testing/world.ts'
import { ByteReader, ByteWriter } from '../../wire/index.ts'
import { FeeRounder } from './fee-rounder.ts'

const MINUTE = 60_000

function rates(peer: RawPeer): number[] {
  return peer.of('feefilter').map((payload) => Number(new ByteReader(payload).u64()))
}

describe('a fee rate that peers are sent', () => {
  test('is one of few, so that it does not identify a node', () => {
    const rates = new Set<number>()
    for (let floor = 1000; floor < 1100; floor++) {
      const rounder = new FeeRounder()
      rounder.round(1, 0)
      for (const chance of [0, 0.34, 0.99]) rates.add(rounder.round(floor, chance))
    }
    expect(rates.size).toBeLessThanOrEqual(3)
    for (const rate of rates) expect(Math.abs(rate - 1050)).toBeLessThan(200)
  })

  test('is mostly rounded down, but never below the least that is relayed', () => {
    const rounder = new FeeRounder()
    expect(rounder.round(100, 0.9)).toBe(100)
    expect(rounder.round(5000, 0)).toBeGreaterThanOrEqual(5000)
    expect(rounder.round(5000, 0.34)).toBeLessThan(5000)
    expect(rounder.round(100, 0.5)).toBe(100)
    expect(rounder.round(Number.MAX_SAFE_INTEGER, 0)).toBe(9_936_506)
  })
})

describe('a fee filter', () => {
  test('asks for nothing while the node catches up, and for transactions at once when it has', () => {
    const world = new TestWorld(quickChain)
    const node = world.add({ peers: { tipAgeMaxMs: 86400_000 } })
    world.pass(3 * 86400_000)
    const peer = new RawPeer(world, node).shake()
    expect(rates(peer)).toEqual([9_936_506])
    world.generate(node, 1)
    world.pass(2 * MINUTE)
    expect(rates(peer).length).toBe(2)
    expect(rates(peer)[1]).toBeLessThan(2000)
  })

  test('of more than all money there is, is passed over', () => {
    const world = new TestWorld(quickChain)
    const node = world.add()
    const peer = new RawPeer(world, node).shake()
    const negative = new ByteWriter(8).u64(0xffff_ffff_ffff_ffffn).finish()
    expect(peer.say('feefilter', negative).closed).toBeUndefined()
  })
})
