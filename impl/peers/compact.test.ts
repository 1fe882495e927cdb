import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { coinbaseOf, crypto, RawPeer, spend, type TestNode, TestWorld } from '../node/test-world.ts'
import { type Block, ByteReader, ByteWriter, parseBlock } from '../wire/index.ts'
import {
  decodeCompactBlock,
  decodeGetBlockTransactions,
  encodeBlockTransactions,
  encodeCompactBlock,
} from './messages/compact-block.ts'
import { encodeInventory, INV_WITNESS_BLOCK } from './messages/inventory.ts'
import { ShortIds } from './short-ids.ts'

const tiny = JSON.parse(readFileSync(new URL('../../spec/chains/tiny.json', import.meta.url), 'utf8'))
const NONCE = new Uint8Array(8).fill(7)

function parse(bytes: Uint8Array): Block {
  return parseBlock(new ByteReader(bytes), crypto)
}

/** A block as compact as can be: only its coinbase comes along. */
function compactOf(block: Block, ids?: readonly number[]): Uint8Array {
  const short = new ShortIds(block.header.raw, NONCE, crypto)
  const [coinbase, ...others] = block.transactions
  return encodeCompactBlock(
    block.header.raw,
    NONCE,
    ids ?? others.map((transaction) => short.of(transaction.wtxid)),
    [{ index: 0, transaction: coinbase! }],
  )
}

/** `node` at height 6, and a block with two transactions above it that a twin of the node mined. */
function twoTransactionBlock(own: { known: number }) {
  const world = new TestWorld(tiny)
  const [node, miner] = [world.add(), world.add()]
  const blocks = world.generate(miner, 6)
  const link = world.connect(node, miner)
  world.cut(node, link)
  const spends = blocks.slice(0, 2).map((block) => {
    const coinbase = coinbaseOf(block)
    return spend([{ from: coinbase }], [coinbase.outputs[0]!.value - 5000])
  })
  for (const [i, bytes] of spends.entries()) {
    world.submit(miner, 'submitTransaction', bytes)
    if (i < own.known) world.submit(node, 'submitTransaction', bytes)
  }
  const block = parse(world.mine(miner))
  expect(block.transactions.length).toBe(3)
  return { world, node, block }
}

function tipIs(node: TestNode, block: Block): boolean {
  return node.node.view.tip().hash === Buffer.from(block.hash).reverse().toString('hex')
}

describe('compact blocks', () => {
  test('are put together from the pool alone', () => {
    const { world, node, block } = twoTransactionBlock({ known: 2 })
    const peer = new RawPeer(world, node).shake().say('cmpctblock', compactOf(block))
    expect(tipIs(node, block)).toBe(true)
    expect(peer.of('getblocktxn')).toEqual([])
  })

  test('lacking transactions are asked for by their positions', () => {
    const { world, node, block } = twoTransactionBlock({ known: 0 })
    const peer = new RawPeer(world, node).shake().say('cmpctblock', compactOf(block))
    const [request] = peer.of('getblocktxn')
    expect(decodeGetBlockTransactions(new ByteReader(request!)).indexes).toEqual([1, 2])
    peer.say('blocktxn', encodeBlockTransactions(block.hash, block.transactions.slice(1)))
    expect(tipIs(node, block)).toBe(true)
    expect(peer.closed).toBeUndefined()
  })

  test('on an old tip the whole block is fetched instead', () => {
    const { world, node, block } = twoTransactionBlock({ known: 0 })
    world.pass(86400_000)
    const peer = new RawPeer(world, node).shake().say('cmpctblock', compactOf(block))
    expect(peer.of('getdata')).toEqual([encodeInventory([{ kind: INV_WITNESS_BLOCK, hash: block.hash }])])
    peer.say('block', block.raw)
    expect(tipIs(node, block)).toBe(true)
  })

  test('colliding short ids lead to the whole block, and late transactions are ignored [CVE-2024-35202]', () => {
    const { world, node, block } = twoTransactionBlock({ known: 1 })
    const wrong = compactOf(block, [
      new ShortIds(block.header.raw, NONCE, crypto).of(block.transactions[1]!.wtxid),
      12345,
    ])
    const peer = new RawPeer(world, node).shake().say('cmpctblock', wrong)
    expect(peer.of('getblocktxn').length).toBe(1)
    // The first transaction again in the place of the second: the Merkle root does not match.
    peer.say('blocktxn', encodeBlockTransactions(block.hash, [block.transactions[1]!]))
    expect(peer.of('getdata').length).toBe(1)
    peer.say('blocktxn', encodeBlockTransactions(block.hash, [block.transactions[2]!]))
    expect(peer.closed).toBeUndefined()
    expect(tipIs(node, block)).toBe(false)
    peer.say('block', block.raw)
    expect(tipIs(node, block)).toBe(true)
  })

  test('equal short ids in one block lead to the whole block', () => {
    const { world, node, block } = twoTransactionBlock({ known: 0 })
    const peer = new RawPeer(world, node).shake().say('cmpctblock', compactOf(block, [1, 1]))
    expect(peer.of('getblocktxn')).toEqual([])
    expect(peer.of('getdata').length).toBe(1)
  })

  test('too few or too many transactions in the answer cost the connection', () => {
    for (const count of [1, 3]) {
      const { world, node, block } = twoTransactionBlock({ known: 0 })
      const peer = new RawPeer(world, node).shake().say('cmpctblock', compactOf(block))
      const answer = [block.transactions[1]!, block.transactions[2]!, block.transactions[2]!].slice(0, count)
      peer.say('blocktxn', encodeBlockTransactions(block.hash, answer))
      expect(peer.closed).toBe('wrong number of block transactions')
    }
  })

  test('are announced to a peer that asked for it, and their transactions served', () => {
    const world = new TestWorld(tiny)
    const node = world.add()
    world.generate(node, 6)
    const peer = new RawPeer(world, node).shake()
    peer.say('sendcmpct', new ByteWriter(9).u8(1).u64(2n).finish()).say('sendheaders')
    peer.say('getheaders', new ByteWriter().u32(70016).compactSize(0).put(new Uint8Array(32)).finish())
    world.generate(node, 1)
    // What the peer has is not known yet, so the first announcement is by hash.
    expect(peer.of('inv').length).toBe(1)
    const genesisLocator = new ByteWriter()
      .u32(70016)
      .compactSize(1)
      .put(world.chain.genesis.hash)
      .put(new Uint8Array(32))
    peer.say('getheaders', genesisLocator.finish())
    const [bytes] = world.generate(node, 1)
    const compact = decodeCompactBlock(new ByteReader(peer.of('cmpctblock')[0]!), crypto)
    expect(compact.header.raw).toEqual(bytes!.subarray(0, 80))
    expect(compact.prefilled[0]!.transaction.raw).toEqual(coinbaseOf(bytes!).raw)
    const ask = (index: number) =>
      peer.say(
        'getblocktxn',
        new ByteWriter()
          .put(crypto.hash256(bytes!.subarray(0, 80)))
          .compactSize(1)
          .compactSize(index)
          .finish(),
      )
    ask(0)
    expect(peer.of('blocktxn').length).toBe(1)
    ask(1)
    expect(peer.closed).toBe('getblocktxn with out-of-bounds tx indices')
  })
})
