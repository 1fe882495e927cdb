import { expect, test } from 'vitest'
import { quickChain } from '../../testing/chains.ts'
import { RawPeer } from '../../testing/raw-peer.ts'
import { coinbaseOf, crypto, spend } from '../../testing/spends.ts'
import { TestWorld } from '../../testing/world.ts'
import { ByteReader, encodeInventory, INV_WTX, parseTransaction, type Transaction } from '../../wire/index.ts'

const MINUTE = 60_000

function funded() {
  const world = new TestWorld(quickChain)
  const node = world.add()
  const [coin] = world.generate(node, 5).map(coinbaseOf)
  const bytes = spend([{ from: coin! }], [coin!.outputs[0]!.value - 5000])
  return { world, node, transaction: parseTransaction(new ByteReader(bytes), crypto) }
}

function by({ wtxid }: Transaction): Uint8Array {
  return encodeInventory([{ kind: INV_WTX, hash: wtxid }])
}

test('what was handed in while nobody was there is announced again until somebody fetches it', () => {
  const { world, node, transaction } = funded()
  world.submit(node, 'submitTransaction', transaction.raw)
  const [deaf, taker] = [new RawPeer(world, node).shake(), new RawPeer(world, node, true, '10.1.1.2').shake()]
  world.pass(9 * MINUTE)
  expect([...deaf.of('inv'), ...taker.of('inv')]).toEqual([])
  world.pass(7 * MINUTE)
  expect([deaf.of('inv'), taker.of('inv')]).toEqual([[by(transaction)], [by(transaction)]])
  const third = new RawPeer(world, node, true, '10.1.1.3').shake()
  world.pass(16 * MINUTE)
  expect(third.of('inv').length).toBe(1)
  taker.say('getdata', by(transaction))
  expect(taker.of('tx').length).toBe(1)
  const late = new RawPeer(world, node, true, '10.1.1.4').shake()
  world.pass(40 * MINUTE)
  expect(late.of('inv')).toEqual([])
})

test('what came from a peer is announced once', () => {
  const { world, node, transaction } = funded()
  new RawPeer(world, node, false).shake().say('tx', transaction.raw)
  expect(node.node.view.mempool().length).toBe(1)
  const late = new RawPeer(world, node, true, '10.1.1.4').shake()
  world.pass(40 * MINUTE)
  expect(late.of('inv')).toEqual([])
})
