import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quickChain } from '../testing/chains.ts'
import { RawPeer } from '../testing/raw-peer.ts'
import { coinbaseOf, crypto, spend } from '../testing/spends.ts'
import type { TestNode } from '../testing/test-node.ts'
import { TestWorld } from '../testing/world.ts'
import {
  ByteReader,
  ByteWriter,
  encodeHeaders,
  encodeInventory,
  INV_BLOCK,
  INV_WITNESS_BLOCK,
  INV_WITNESS_TX,
  INV_WTX,
  parseTransaction,
} from '../wire/index.ts'
import { StallPatience } from './blocks/stall-patience.ts'

/** More, for a long run: TOUCHSTONE_CLOCK=2000 npx vitest run impl/peers/clock-work */
const RUNS = Number(process.env.TOUCHSTONE_CLOCK ?? 400)

describe('patience with peers that hold up the download', () => {
  test('grows from two seconds to a minute, and shrinks with every block', () => {
    const patience = new StallPatience(2000, 64_000)
    const grown = Array.from({ length: 7 }, () => {
      patience.grow()
      return patience.ms
    })
    expect(grown).toEqual([4000, 8000, 16_000, 32_000, 64_000, 64_000, 64_000])
    patience.shrink()
    expect(patience.ms).toBe(54_400)
    for (let i = 0; i < 40; i++) patience.shrink()
    expect(patience.ms).toBe(2000)
  })
})

/** What a stranger may do, its numbers taken modulo what there is. */
const act = fc.record({
  kind: fc.constantFrom(
    'join',
    'leave',
    'headers',
    'block',
    'compact',
    'inv',
    'invTx',
    'tx',
    'notfound',
    'getdata',
    'empty',
    'mine',
    'wait',
    'wait',
    'invalidate',
  ),
  who: fc.nat(),
  what: fc.nat(),
  count: fc.integer({ min: 1, max: 12 }),
  ms: fc.oneof(fc.constantFrom(1, 1999, 2000, 60_000, 120_000, 600_000, 1_200_001), fc.nat(3_000_000)),
})

test('after what is due was done nothing is due any more, whatever peers do', { timeout: 60_000 }, () => {
  const miner = new TestWorld(quickChain)
  const source = miner.add()
  const blocks = miner.generate(source, 24)
  const payments = blocks.slice(0, 8).map((block, i) => {
    const from = coinbaseOf(block)
    return parseTransaction(new ByteReader(spend([{ from }], [from.outputs[0]!.value - 1000 * i])), crypto)
  })
  const hashOf = (block: Uint8Array) => crypto.hash256(block.subarray(0, 80))

  /** The moment a node asked to be woken at lies ahead when it was just woken. */
  function checkAhead(world: TestWorld, node: TestNode): void {
    world.post(node, { kind: 'wake' })
    world.run()
    expect(node.wakeAt).toBeGreaterThan(world.now)
  }

  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), fc.boolean(), (acts, isBehind) => {
      const world = new TestWorld(quickChain)
      world.now = miner.now
      const own = isBehind ? { peers: { tipAgeMaxMs: 86_400_000, blockFilters: true } } : {}
      const node = world.add({ ...own, chain: { ...world.chain, minimumChainWork: isBehind ? 20n : 0n } })
      const peers: RawPeer[] = []
      let address = 0
      for (const { kind, who, what, count, ms } of acts) {
        const peer = peers.length === 0 ? undefined : peers[who % peers.length]
        const some = blocks.slice(what % blocks.length).slice(0, count)
        const one = some[0]!
        const payment = payments[what % payments.length]!
        if (kind === 'join')
          peers.push(new RawPeer(world, node, who % 2 === 0, `10.2.2.${address++}`, what % 7 === 0).shake())
        else if (kind === 'leave' && peer !== undefined)
          world.post(node, { kind: 'disconnected', peer: peer.id })
        else if (kind === 'headers') peer?.say('headers', encodeHeaders(some.map((b) => b.subarray(0, 80))))
        else if (kind === 'block') peer?.say('block', one)
        else if (kind === 'compact')
          peer?.say(
            'sendcmpct',
            new ByteWriter(9)
              .u8(what % 2)
              .u64(2n)
              .finish(),
          )
        else if (kind === 'inv') peer?.say('inv', encodeInventory([{ kind: INV_BLOCK, hash: hashOf(one) }]))
        else if (kind === 'invTx') peer?.say('inv', encodeInventory([{ kind: INV_WTX, hash: payment.wtxid }]))
        else if (kind === 'tx') peer?.say('tx', payment.raw)
        else if (kind === 'notfound')
          peer?.say(
            'notfound',
            encodeInventory([
              { kind: INV_WITNESS_BLOCK, hash: hashOf(one) },
              { kind: INV_WITNESS_TX, hash: payment.txid },
              { kind: INV_WTX, hash: payment.wtxid },
            ]),
          )
        else if (kind === 'getdata')
          peer?.say('getdata', encodeInventory([{ kind: INV_WTX, hash: payment.wtxid }]))
        else if (kind === 'empty') peer?.say('headers', encodeHeaders([]))
        else if (kind === 'mine') world.generate(node, 1, 1)
        else if (kind === 'invalidate') world.post(node, { kind: 'invalidate', hash: node.tip.hash })
        else if (kind === 'wait') world.pass(ms)
        world.run()
        checkAhead(world, node)
      }
    }),
    { numRuns: RUNS },
  )
})
