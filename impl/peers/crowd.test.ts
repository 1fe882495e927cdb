/** Many peers at once: what one step counts does not grow with how many they are. */
import { expect, test } from 'vitest'
import { RawPeer } from '../testing/raw-peer.ts'
import { crypto } from '../testing/spends.ts'
import { MeasuredWorld } from '../testing/worst-step.ts'
import { encodeInventory, INV_WTX } from '../wire/index.ts'

/** On a loaded machine. */
const BUDGET_MS = 180_000

const inventory = (first: number, count: number) =>
  encodeInventory(
    Array.from({ length: count }, (_, i) => ({
      kind: INV_WTX,
      hash: crypto.sha256(new Uint8Array(new Uint32Array([first + i]).buffer)),
    })),
  )
const crowd = (world: MeasuredWorld, size: number) =>
  Array.from({ length: size }, (_, i) =>
    new RawPeer(world, world.node, true, `10.1.${i >> 4}.${i & 15}`).shake(),
  )

/** Announces, and lets the node ask until it has asked all. */
function announce(size: number, count: number, firstOf: (peer: number) => number) {
  const world = new MeasuredWorld()
  const peers = crowd(world, size)
  world.watch()
  for (const [i, peer] of peers.entries()) peer.say('inv', inventory(firstOf(i), count))
  world.pass(10_000)
  expect(peers.filter(({ closed }) => closed !== undefined)).toEqual([])
  return { worst: world.worst, asked: peers.flatMap((peer) => peer.of('getdata')).length }
}

test('100 peers that announce 500 transactions each', { timeout: BUDGET_MS }, () => {
  const { worst, asked } = announce(100, 500, (peer) => peer * 500)
  expect(asked).toBeGreaterThanOrEqual(100)
  expect(worst.entries).toBeLessThanOrEqual(75_000)
  expect(worst.copiedBytes).toBeLessThanOrEqual(7_800_000)
  expect(worst.sentBytes).toBeLessThanOrEqual(2_700_000)
})

test('120 peers that announce the same 1,500 transactions', { timeout: BUDGET_MS }, () => {
  const { worst, asked } = announce(120, 1500, () => 0)
  expect(asked).toBeGreaterThan(0)
  expect(worst.entries).toBeLessThanOrEqual(4500)
  expect(worst.copiedBytes).toBeLessThanOrEqual(240_000)
  expect(worst.sentBytes).toBeLessThanOrEqual(86_000)
})
