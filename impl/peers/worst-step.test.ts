import { expect, test } from 'vitest'
import { quickChain } from '../testing/chains.ts'
import { RawPeer } from '../testing/raw-peer.ts'
import { crypto } from '../testing/spends.ts'
import { measureWork } from '../testing/work-meter.ts'
import { TestWorld } from '../testing/world.ts'
import { ByteWriter, encodeFrame, encodeInventory, INV_WITNESS_BLOCK, INV_WTX } from '../wire/index.ts'

const ITEMS = 50_000

const hashOf = (i: number) =>
  new ByteWriter(32)
    .u32(i)
    .u32(Math.imul(i, 0x9e3779b1) >>> 0)
    .put(new Uint8Array(24))
    .finish()
const many = (kind: number, hash: (i: number) => Uint8Array) =>
  encodeInventory(Array.from({ length: ITEMS }, (_, i) => ({ kind, hash: hash(i + 1) })))

/** The costliest step while a peer says something, piece by piece: what it counts, and what it sends. */
function worstStep(say: (peer: RawPeer, world: TestWorld, tip: Uint8Array) => void) {
  const world = new TestWorld(quickChain)
  const node = world.add()
  const tip = world.generate(node, 6).at(-1)!
  const peer = new RawPeer(world, node).shake()
  const worst = { entries: 0, copiedBytes: 0, sentBytes: 0 }
  const { step } = node.node
  node.node = {
    view: node.node.view,
    step: (event, now) => {
      let effects: ReturnType<typeof step> = []
      const work = measureWork(() => {
        effects = step(event, now)
      })
      let sentBytes = 0
      for (const effect of effects) if (effect.kind === 'send') sentBytes += effect.bytes.length
      worst.entries = Math.max(worst.entries, work.entries)
      worst.copiedBytes = Math.max(worst.copiedBytes, work.copiedBytes)
      worst.sentBytes = Math.max(worst.sentBytes, sentBytes)
      return effects
    },
  }
  say(peer, world, tip)
  expect(peer.closed).toBeUndefined()
  return worst
}

const frames = (world: TestWorld, command: string, payload: Uint8Array, count: number) => {
  const frame = encodeFrame(world.chain.magic, command, payload, crypto)
  const bytes = new Uint8Array(count * frame.length)
  for (let i = 0; i < count; i++) bytes.set(frame, i * frame.length)
  return bytes
}

/** Ceilings: what the worst step of each message counted, and a half more. */
const CASES: readonly [string, Parameters<typeof worstStep>[0], ReturnType<typeof worstStep>][] = [
  [
    'inv of 50,000',
    (peer) => peer.say('inv', many(INV_WTX, hashOf)),
    { entries: 6 * ITEMS, copiedBytes: 250 * ITEMS, sentBytes: 100_000 },
  ],
  [
    'getdata of 50,000 unknown blocks',
    (peer) => peer.say('getdata', many(INV_WITNESS_BLOCK, hashOf)),
    { entries: 100, copiedBytes: 250 * ITEMS, sentBytes: 40 * ITEMS },
  ],
  [
    'getdata of one block 50,000 times',
    (peer, _, tip) =>
      peer.say(
        'getdata',
        many(INV_WITNESS_BLOCK, () => crypto.hash256(tip.subarray(0, 80))),
      ),
    { entries: 100, copiedBytes: 250 * ITEMS, sentBytes: 1_200_000 },
  ],
  [
    'pings, ten thousand at once',
    (peer, world) => peer.sayBytes(frames(world, 'ping', new Uint8Array(8), 10_000)),
    { entries: 300, copiedBytes: 1_000_000, sentBytes: 64 * 32 },
  ],
]

test.each(CASES)('%s', (_, say, ceiling) => {
  const worst = worstStep(say)
  for (const key of ['entries', 'copiedBytes', 'sentBytes'] as const)
    expect(worst[key], key).toBeLessThanOrEqual(ceiling[key])
})

test('a message in one-byte pieces is copied a few times, whatever its length', () => {
  let copied = 0
  const length = 60_000
  worstStep((peer, world) => {
    const bytes = frames(world, 'unknown', new Uint8Array(length), 1)
    copied = measureWork(() => {
      for (const byte of bytes) peer.sayBytes(Uint8Array.of(byte))
    }).copiedBytes
  })
  expect(copied).toBeLessThan(12 * length)
})
