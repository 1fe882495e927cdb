import { describe, expect, test } from 'vitest'
import { assembleBlock, grindNonce } from '../../mining/index.ts'
import type { NodeSetup } from '../../node/index.ts'
import { quickChain } from '../../testing/chains.ts'
import { RawPeer } from '../../testing/raw-peer.ts'
import { ANYONE, coinbaseOf, crypto, spend } from '../../testing/spends.ts'
import type { TestNode } from '../../testing/test-node.ts'
import { TestWorld } from '../../testing/world.ts'
import {
  type Block,
  ByteReader,
  ByteWriter,
  decodeCompactBlock,
  decodeGetBlockTransactions,
  decodeInventory,
  encodeBlockTransactions,
  encodeCompactBlock,
  encodeGetBlockTransactions,
  encodeHeaders,
  encodeInventory,
  encodeTransaction,
  INV_COMPACT_BLOCK,
  INV_WITNESS_BLOCK,
  parseBlock,
  parseTransaction,
  type Transaction,
} from '../../wire/index.ts'
import { ShortIds } from './short-ids.ts'

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
function twoTransactionBlock(own: { known: number; policy?: NodeSetup['policy'] }) {
  const world = new TestWorld(quickChain)
  const [node, miner] = [world.add(own.policy === undefined ? {} : { policy: own.policy }), world.add()]
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

/** The next block of a node with a coinbase that claims too much. */
function greedy(world: TestWorld, node: TestNode): Block {
  const template = node.node.view.template(Math.floor(world.now / 1000))!
  const claimed = template.coinbaseValue + 1
  const bytes = assembleBlock({ ...template, coinbaseValue: claimed }, ANYONE, Uint8Array.of(1), crypto)
  grindNonce(bytes, world.chain, crypto, 1 << 20)
  return parse(bytes)
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

  test('colliding short ids lead to the whole block, which no second try replaces', () => {
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
    peer.say('cmpctblock', compactOf(block))
    expect(peer.of('getblocktxn').length).toBe(1)
    expect(peer.closed).toBeUndefined()
    expect(tipIs(node, block)).toBe(false)
    peer.say('block', block.raw)
    expect(tipIs(node, block)).toBe(true)
  })

  test('transactions for a block that could not be put together cost the connection, and nothing else [CVE-2024-35202]', () => {
    const { world, node, block } = twoTransactionBlock({ known: 1 })
    const peer = new RawPeer(world, node).shake().say('cmpctblock', compactOf(block))
    for (let i = 0; i < 2; i++)
      peer.say('blocktxn', encodeBlockTransactions(block.hash, [block.transactions[1]!]))
    expect(peer.closed).toBe('previous compact block reconstruction attempt failed')
    const other = new RawPeer(world, node, true, '10.3.3.3').shake()
    other.say('blocktxn', encodeBlockTransactions(block.hash, []))
    expect(other.closed).toBeUndefined()
    other.say('cmpctblock', compactOf(block))
    other.say('blocktxn', encodeBlockTransactions(block.hash, [block.transactions[2]!]))
    expect(tipIs(node, block)).toBe(true)
  })

  test('that come with other witnesses than committed to lead to the whole block', () => {
    const { world, node, block } = twoTransactionBlock({ known: 0 })
    const peer = new RawPeer(world, node).shake().say('cmpctblock', compactOf(block))
    const [, first, second] = block.transactions
    const { version, inputs, outputs, lockTime } = first!
    const witnessed = encodeTransaction({
      version,
      inputs: inputs.map(({ prevTxid, prevIndex, scriptSig, sequence }) => {
        return { prevTxid, prevIndex, scriptSig, sequence, witness: [Uint8Array.of(1)] }
      }),
      outputs,
      lockTime,
    })
    const other = parseTransaction(new ByteReader(witnessed), crypto)
    expect(other.txid).toEqual(first!.txid)
    peer.say('blocktxn', encodeBlockTransactions(block.hash, [other, second!]))
    expect(peer.of('getdata').length).toBe(1)
    expect(peer.closed).toBeUndefined()
    peer.say('block', block.raw)
    expect(tipIs(node, block)).toBe(true)
  })

  test('a prefilled transaction that is none makes the block invalid', () => {
    const { world, node, block } = twoTransactionBlock({ known: 2 })
    const nothing = { raw: new Uint8Array(10) } as unknown as Transaction
    const payload = encodeCompactBlock(block.header.raw, NONCE, [1, 2], [{ index: 0, transaction: nothing }])
    const peer = new RawPeer(world, node).shake().say('cmpctblock', payload)
    expect(peer.closed).toBe('invalid compact block')
  })

  test('a block that breaks rules costs nobody who passed it on compact the connection', () => {
    const { world, node, block } = twoTransactionBlock({ known: 2 })
    const bad = greedy(world, node)
    expect(bad.transactions.length).toBe(block.transactions.length)
    const peer = new RawPeer(world, node).shake().say('cmpctblock', compactOf(bad))
    expect(node.judged.at(-1)?.verdict.outcome).toBe('rejected')
    expect(peer.closed).toBeUndefined()
    // But its header is held against a peer that we chose.
    const chosen = new RawPeer(world, node, false, '10.3.3.4').shake()
    chosen.say('cmpctblock', compactOf(bad))
    expect(chosen.closed).toBeUndefined()
    chosen.say('headers', encodeHeaders([bad.header.raw]))
    expect(chosen.closed).toContain('duplicate-invalid')
  })

  test('too deep a block is served whole, whatever was asked for', () => {
    const world = new TestWorld(quickChain)
    const node = world.add()
    const blocks = world.generate(node, 12).map(parse)
    const peer = new RawPeer(world, node).shake()
    const ask = (height: number) =>
      peer.say('getdata', encodeInventory([{ kind: INV_COMPACT_BLOCK, hash: blocks[height - 1]!.hash }]))
    ask(7)
    ask(6)
    expect([peer.of('cmpctblock').length, peer.of('block').length]).toEqual([1, 1])
    const transactions = (height: number) =>
      peer.say('getblocktxn', encodeGetBlockTransactions({ hash: blocks[height - 1]!.hash, indexes: [0] }))
    transactions(2)
    transactions(1)
    expect([peer.of('blocktxn').length, peer.of('block').length]).toEqual([1, 2])
    world.pass(86400_000)
    ask(12)
    expect([peer.of('cmpctblock').length, peer.of('block').length]).toEqual([1, 3])
  })

  test('a refused transaction fills a gap as well as one of the pool', () => {
    const { world, node, block } = twoTransactionBlock({ known: 0, policy: { minRelayFeeRate: 10_000_000 } })
    const peer = new RawPeer(world, node).shake()
    for (const transaction of block.transactions.slice(1)) peer.say('tx', transaction.raw)
    expect(node.node.view.mempool()).toEqual([])
    peer.say('cmpctblock', compactOf(block))
    expect(peer.of('getblocktxn')).toEqual([])
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
    const world = new TestWorld(quickChain)
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

describe('several sources of one block', () => {
  /** Peers that came to us or were chosen, and that we asked for compact blocks or not. */
  function sources() {
    const { world, node, block } = twoTransactionBlock({ known: 0 })
    let made = 0
    const join = (inbound: boolean) =>
      new RawPeer(world, node, inbound, `10.4.4.${++made}`).shake().say('sendcmpct', wish(true))
    return { world, node, block, join }
  }

  const wish = (unasked: boolean) =>
    new ByteWriter(9)
      .u8(unasked ? 1 : 0)
      .u64(2n)
      .finish()

  const asks = (peer: RawPeer) => peer.of('getblocktxn').length + peer.of('getdata').length

  test('the first is asked for what is missing, another only when it was chosen for such blocks', () => {
    const { block, join } = sources()
    const [first, second] = [join(false), join(false)]
    first.say('cmpctblock', compactOf(block))
    second.say('cmpctblock', compactOf(block))
    expect([asks(first), asks(second)]).toEqual([1, 0])
  })

  test('one that is complete by itself needs no asking, nor a free place', () => {
    const { world, node, block, join } = sources()
    const [first, second] = [join(true), join(true)]
    first.say('cmpctblock', compactOf(block))
    for (const transaction of block.transactions.slice(1)) second.say('tx', transaction.raw)
    expect(node.node.view.mempool().length).toBe(2)
    second.say('cmpctblock', compactOf(block))
    expect(tipIs(node, block)).toBe(true)
    world.pass(700_000)
    expect(first.closed).toBeUndefined()
  })

  test('three peers that were first with blocks may send them unasked, one that we chose always among them', () => {
    const { world, node, join } = sources()
    const chosen = join(false)
    const others = [1, 2, 3, 4].map(() => join(true))

    const unasked = (peer: RawPeer) => peer.of('sendcmpct').at(-1)![0]
    for (const peer of [chosen, ...others]) {
      world.pass(60_000)
      const block = parse(world.mine(node))
      peer.say('block', block.raw)
      expect(tipIs(node, block)).toBe(true)
    }
    expect([chosen, ...others].map(unasked)).toEqual([1, 0, 0, 1, 1])
  })

  test('nobody may while other blocks are on their way, nor for a node of blocks only', () => {
    const world = new TestWorld(quickChain)
    const [miner, node, quiet] = [
      world.add(),
      world.add(),
      world.add({ peers: { relayTransactions: false } }),
    ]
    const blocks = world.generate(miner, 3)
    for (const each of [node, quiet]) {
      const peer = new RawPeer(world, each).shake().say('sendcmpct', wish(true))
      peer.say('headers', encodeHeaders(blocks.map((block) => block.subarray(0, 80))))
      const modes: number[] = []
      for (const block of blocks) {
        peer.say('block', block)
        modes.push(peer.of('sendcmpct').at(-1)![0]!)
      }
      expect(modes).toEqual(each === node ? [0, 0, 1] : [0, 0, 0])
      expect(each.tip.height).toBe(3)
    }
    const kinds = new RawPeer(world, quiet, true, '10.4.5.5').shake().say('sendcmpct', wish(true))
    const [next] = world.generate(miner, 1)
    kinds.say('headers', encodeHeaders([next!.subarray(0, 80)]))
    const [item] = decodeInventory(new ByteReader(kinds.of('getdata')[0]!))
    expect(item!.kind).toBe(INV_WITNESS_BLOCK)
  })

  test('who asked for it hears of a new block before it is judged', () => {
    const { world, node, join } = sources()
    const ear = join(true)
    const locator = new ByteWriter().u32(70016).compactSize(1).put(world.chain.genesis.hash)
    ear.say('getheaders', locator.put(new Uint8Array(32)).finish())
    join(true).say('cmpctblock', compactOf(greedy(world, node)))
    expect(node.judged.at(-1)?.verdict.outcome).toBe('rejected')
    expect(ear.of('cmpctblock').length).toBe(1)
    expect(ear.closed).toBeUndefined()
  })
})
