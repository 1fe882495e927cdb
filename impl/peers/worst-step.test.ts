/** The costliest step that each message can bring about, counted: a bound that no machine changes. */
import { expect, test } from 'vitest'
import { RawPeer } from '../testing/raw-peer.ts'
import { coinbaseOf, crypto } from '../testing/spends.ts'
import { measureWork } from '../testing/work-meter.ts'
import { MeasuredWorld, type StepWork } from '../testing/worst-step.ts'
import {
  ByteReader,
  ByteWriter,
  concatBytes,
  encodeBlock,
  encodeBlockTransactions,
  encodeCheckpointRequest,
  encodeCompactBlock,
  encodeFilterRange,
  encodeGetBlockTransactions,
  encodeHeaders,
  encodeInventory,
  encodeLocator,
  encodeTransaction,
  encodeVersion,
  INV_BLOCK,
  INV_TX,
  INV_WITNESS_BLOCK,
  INV_WTX,
  parseBlock,
} from '../wire/index.ts'
import { PROTOCOLS } from './protocols.ts'

/** Most items in an inventory. */
const ITEMS = 50_000
/** Small messages of one kind that arrive together. */
const MANY = 2000
const EMPTY = new Uint8Array(0)

const hashOf = (i: number) =>
  new ByteWriter(32)
    .u32(i)
    .u32(Math.imul(i, 0x9e3779b1) >>> 0)
    .put(new Uint8Array(24))
    .finish()
const inventory = (kind: number, hash: (i: number) => Uint8Array = hashOf) =>
  encodeInventory(Array.from({ length: ITEMS }, (_, i) => ({ kind, hash: hash(i + 1) })))
const hashes = (count: number) => Array.from({ length: count }, (_, i) => hashOf(i + 1))
const counted = (bytes: number) => new Uint8Array(bytes).fill(7)
const transactionWith = (inputs: number) =>
  encodeTransaction({
    version: 2,
    inputs: Array.from({ length: inputs }, (_, i) => ({
      prevTxid: hashOf(i + 1),
      prevIndex: 0,
      scriptSig: EMPTY,
      sequence: 0xffffffff,
    })),
    outputs: [{ value: 1, script: new Uint8Array(30) }],
    lockTime: 0,
  })

type Say = (peer: RawPeer, world: MeasuredWorld) => void
const once =
  (command: string, payload: (world: MeasuredWorld) => Uint8Array): Say =>
  (peer, world) =>
    peer.say(command, payload(world))
const many =
  (command: string, payload: (world: MeasuredWorld) => Uint8Array = () => EMPTY, count = MANY): Say =>
  (peer, world) =>
    peer.sayBytes(world.frames(command, payload(world), count))

/** The next block of a twin of the node, with its coinbase so many times. */
const nextBlock = (world: MeasuredWorld, copies: number) => {
  const block = parseBlock(new ByteReader(world.generate(world.twin(), 1)[0]!), crypto)
  return {
    block,
    bytes: encodeBlock(block.header.raw, Array<Uint8Array>(copies).fill(block.transactions[0]!.raw)),
  }
}

/** What is said, and the most that a step may count then: what was measured, and a half more. */
const CASES: readonly (readonly [string, Say, readonly [number, number, number, number]])[] = [
  ['inv of transactions', once('inv', () => inventory(INV_WTX)), [16_000, 5_700_000, 10, 10]],
  ['inv of blocks', once('inv', () => inventory(INV_BLOCK)), [10, 7_900_000, 10, 10]],
  ['inv of one hash', once('inv', () => inventory(INV_TX, () => hashOf(1))), [10, 5_500_000, 10, 10]],
  ['notfound', once('notfound', () => inventory(INV_WTX)), [10, 5_500_000, 10, 10]],
  [
    'getdata of unknown blocks',
    once('getdata', () => inventory(INV_WITNESS_BLOCK)),
    [10, 16_000_000, 10, 2_800_000],
  ],
  [
    'getdata of unknown transactions',
    once('getdata', () => inventory(INV_WTX)),
    [10, 16_000_000, 10, 2_800_000],
  ],
  [
    'getdata of one block',
    once('getdata', (world) => inventory(INV_WITNESS_BLOCK, () => world.hash())),
    [10, 7_900_000, 10, 1_700_000],
  ],
  [
    'getheaders',
    many('getheaders', () => encodeLocator(70016, hashes(101)), 1000),
    [200, 5_400_000, 200, 50_000],
  ],
  [
    'getblocks',
    many('getblocks', () => encodeLocator(70016, hashes(101)), 1000),
    [200, 5_400_000, 200, 24_000],
  ],
  [
    'headers that connect',
    once('headers', (world) =>
      encodeHeaders(world.generate(world.twin(), 200, 800).map((block) => block.subarray(0, 80))),
    ),
    [680, 85_000, 310, 940],
  ],
  [
    'headers of one block',
    once('headers', (world) => encodeHeaders(Array(2000).fill(world.blocks[0]!.subarray(0, 80)))),
    [10, 490_000, 3_100, 10],
  ],
  [
    'block whose Merkle tree is another',
    once('block', (world) => nextBlock(world, MANY).bytes),
    [10, 1_500_000, 6_100, 430],
  ],
  ['block of bytes', once('block', () => counted(4_000_000 - 1000)), [10, 12_000_000, 10, 10]],
  [
    'cmpctblock',
    once('cmpctblock', (world) => {
      const { block } = nextBlock(world, 1)
      return encodeCompactBlock(
        block.header.raw,
        new Uint8Array(8),
        Array.from({ length: 20_000 }, (_, i) => i),
        [{ index: 0, transaction: block.transactions[0]! }],
      )
    }),
    [31_000, 430_000, 10, 31_000],
  ],
  [
    'getblocktxn',
    many('getblocktxn', (world) => encodeGetBlockTransactions({ hash: world.hash(), indexes: [0] })),
    [200, 240_000, 200, 20_000],
  ],
  [
    'getblocktxn of what is not there',
    once('getblocktxn', (world) =>
      encodeGetBlockTransactions({ hash: world.hash(), indexes: Array.from({ length: ITEMS }, (_, i) => i) }),
    ),
    [10, 160_000, 10, 10],
  ],
  [
    'blocktxn',
    once('blocktxn', (world) =>
      encodeBlockTransactions(world.hash(), Array(MANY).fill(coinbaseOf(world.blocks[0]!))),
    ),
    [10, 890_000, 10, 10],
  ],
  ['tx of 2,400 inputs', once('tx', () => transactionWith(2400)), [22_000, 300_000, 10, 10]],
  ['tx of 24,000 inputs', once('tx', () => transactionWith(24_000)), [73_000, 3_000_000, 10, 10]],
  ['tx that is a coinbase', many('tx', (world) => coinbaseOf(world.blocks[0]!).raw), [200, 550_000, 290, 10]],
  [
    'getcfilters',
    many('getcfilters', (world) => encodeFilterRange({ type: 0, start: 1, stop: world.hash() }), 1000),
    [210, 110_000, 320, 5_200],
  ],
  [
    'getcfheaders',
    many('getcfheaders', (world) => encodeFilterRange({ type: 0, start: 1, stop: world.hash() }), 1000),
    [200, 240_000, 200, 28_000],
  ],
  [
    'getcfcheckpt',
    many('getcfcheckpt', (world) => encodeCheckpointRequest(0, world.hash())),
    [200, 190_000, 200, 5_600],
  ],
  [
    'version again',
    many('version', () =>
      encodeVersion({
        version: 70016,
        services: 9n,
        time: 0n,
        nonce: 5n,
        userAgent: 'x'.repeat(256),
        startHeight: 0,
        relay: true,
      }),
    ),
    [200, 1_200_000, 96, 10],
  ],
  ['feefilter', many('feefilter', () => new ByteWriter(8).u32(1).u32(0).finish()), [200, 97_000, 96, 10]],
  [
    'sendcmpct',
    many('sendcmpct', () => concatBytes(Uint8Array.of(1, 2), new Uint8Array(7))),
    [200, 100_000, 96, 10],
  ],
  ['ping', many('ping', () => new Uint8Array(8)), [200, 99_000, 200, 3_100]],
  ['pong', many('pong', () => new Uint8Array(8)), [200, 97_000, 96, 10]],
  ['verack', many('verack'), [200, 72_000, 96, 10]],
  ['wtxidrelay', many('wtxidrelay'), [10, 72_000, 10, 10]],
  ['sendaddrv2', many('sendaddrv2'), [10, 72_000, 10, 10]],
  ['sendheaders', many('sendheaders'), [200, 72_000, 96, 10]],
  ['mempool', many('mempool'), [10, 72_000, 10, 10]],
  ['filterload', once('filterload', () => counted(36_000)), [10, 110_000, 10, 10]],
  ['filteradd', once('filteradd', () => counted(520)), [10, 1_600, 10, 10]],
  ['filterclear', many('filterclear'), [10, 72_000, 10, 10]],
  ['unknown to us', once('unknown', () => counted(3_900_000)), [10, 12_000_000, 10, 10]],
]

test('every message that is answered has its worst step measured', () => {
  const commands = PROTOCOLS.flatMap(({ handlers = {} }) => Object.keys(handlers))
  const measured = new Set(CASES.map(([name]) => name.split(' ')[0]))
  expect(commands.filter((command) => !measured.has(command))).toEqual([])
})

test.each(CASES)('%s', (_name, say, [entries, copiedBytes, hashed, sentBytes]) => {
  const world = new MeasuredWorld({ peers: { blockFilters: true } })
  const peer = new RawPeer(world, world.node).shake()
  say(peer, world.watch())
  const ceilings: StepWork = { entries, copiedBytes, hashes: hashed, sentBytes }
  for (const [key, ceiling] of Object.entries(ceilings))
    expect(world.worst[key as keyof StepWork], key).toBeLessThanOrEqual(ceiling)
})

test('a message in one-byte pieces is copied a few times, whatever its length', () => {
  const length = 60_000
  const world = new MeasuredWorld()
  const peer = new RawPeer(world, world.node).shake()
  const bytes = world.frames('unknown', new Uint8Array(length), 1)
  const { copiedBytes } = measureWork(() => {
    for (const byte of bytes) peer.sayBytes(Uint8Array.of(byte))
  }, crypto)
  expect(copiedBytes).toBeLessThan(12 * length)
})
