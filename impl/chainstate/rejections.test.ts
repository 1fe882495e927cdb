import { describe, expect, test } from 'vitest'
import { type ChainOptions, testChain } from '../testing/chains.ts'
import { ANYONE, type BlockOptions } from '../testing/forge.ts'
import { crypto, TestChain } from '../testing/test-chain.ts'
import { decodeBlock, heightPush, isRejection } from '../validation/index.ts'
import { type Block, concatBytes, encodeBlock, hashToHex, type Transaction } from '../wire/index.ts'

const NOTHING = new Uint8Array(0)
const SUBSIDY = 50_0000_0000

/** A node with some blocks, of which the first coinbases may be spent. */
function prepared(options: ChainOptions = {}, blocks = 12): { node: TestChain; coins: Transaction[] } {
  const node = new TestChain(testChain(crypto, options))
  const coins = node.mineMany(blocks).map((block) => block.transactions[0]!)
  return { node, coins }
}

/** `connected`, or class and reason of the rejection; a rejection must leave the coins alone. */
function fate(node: TestChain, options: BlockOptions | Block): string {
  const before = hashToHex(node.chainstate.coinDigest())
  const block = 'header' in options ? options : node.forge.block(node.tip, options)
  const verdict = node.deliver(block)
  if (verdict.outcome !== 'rejected') return verdict.outcome
  expect(hashToHex(node.chainstate.coinDigest())).toBe(before)
  return `${verdict.class} ${verdict.reason}`
}

describe('a header', () => {
  const { node } = prepared()
  const { chainstate } = node
  const median = chainstate.medianTimePast

  test('proves its work', () => {
    expect(fate(node, { failProof: true })).toBe('invalid high-hash')
  })

  test('has the bits of the chain', () => {
    expect(fate(node, { bits: 0x207ffffe })).toBe('invalid bad-diffbits')
    expect(fate(node, { bits: 0x2100ffff, failProof: true })).toBe('invalid high-hash')
  })

  test('is later than the median of the eleven before it', () => {
    for (const time of [median - 1, median]) expect(fate(node, { time })).toBe('invalid time-too-old')
    expect(fate(node, { time: median + 1 })).toBe('connected')
  })

  test('has a version that the chain still takes', () => {
    for (const version of [3, 0, -1]) {
      const hex = (version >>> 0).toString(16).padStart(8, '0')
      expect(fate(node, { version })).toBe(`invalid bad-version(0x${hex})`)
    }
    for (const version of [4, 5]) expect(fate(node, { version })).toBe('connected')
  })

  test('may not step back at the start of a period under BIP94', () => {
    const limits = { enforceBip94: true, retargetIntervalBlocks: 6 }
    const at = (offset: number) => {
      const { node: own } = prepared({ limits }, 11)
      return fate(own, { time: own.tip.time + offset })
    }
    expect([-601, -600, -599].map(at)).toEqual(['invalid time-timewarp-attack', 'connected', 'connected'])
  })
})

describe('the body of a block', () => {
  const { node, coins } = prepared()
  const spend = (index: number, options = {}) => node.forge.spend(coins[index]!, 0, options)

  test('has the Merkle root of its header', () => {
    expect(fate(node, { merkleRoot: new Uint8Array(32) })).toBe('mutated bad-txnmrklroot')
  })

  test('has a coinbase, first and only', () => {
    expect(fate(node, rebuilt(node, []))).toBe('invalid bad-blk-length')
    expect(fate(node, rebuilt(node, [spend(0)]))).toBe('invalid bad-cb-missing')
    const { transactions } = node.forge.block(node.tip, { extra: 9 })
    expect(fate(node, { transactions })).toBe('invalid bad-cb-multiple')
  })

  test('has valid transactions', () => {
    const outputs = [{ value: -1, script: ANYONE }]
    expect(fate(node, { transactions: [spend(0, { outputs })] })).toBe('invalid bad-txns-vout-negative')
    expect(fate(node, { coinbaseScript: Uint8Array.of(1, ...NOTHING) })).toBe('invalid bad-cb-length')
  })

  test('names its height', () => {
    const height = node.tip.height + 1
    const script = concatBytes(heightPush(height + 1), Uint8Array.of(0, 0))
    expect(fate(node, { coinbaseScript: script })).toBe('invalid bad-cb-height')
    expect(fate(node, { coinbaseScript: concatBytes(heightPush(height), Uint8Array.of(0)) })).toBe(
      'connected',
    )
  })

  test('is final, by the median time', () => {
    const lock = (lockTime: number) => ({ transactions: [spend(1, { lockTime, sequence: 0 })] })
    const height = node.tip.height + 1
    expect(fate(node, lock(height))).toBe('invalid bad-txns-nonfinal')
    expect(fate(node, lock(node.chainstate.medianTimePast))).toBe('invalid bad-txns-nonfinal')
    expect(fate(node, lock(node.chainstate.medianTimePast - 1))).toBe('connected')
    expect(fate(node, { lockTime: node.tip.height + 1 })).toBe('connected')
  })

  test('holds no more signature operations than allowed', () => {
    const checksigs = (count: number) => ({
      coinbaseOutputs: [{ value: 0, script: new Uint8Array(count).fill(0xac) }],
    })
    expect(fate(node, checksigs(20_001))).toBe('invalid bad-blk-sigops')
    expect(fate(node, checksigs(20_000))).toBe('connected')
    expect(fate(node, checksigs(19_999))).toBe('connected')
  })

  test('does not outgrow the limits', () => {
    const sized = (maxBlockWeight: number) => {
      const { node: own } = prepared({ limits: { maxBlockWeight } }, 0)
      return own
    }
    const plain = node.forge.block(sized(4_000_000).tip, {})
    for (const [limit, expected] of [
      [plain.weight - 1, 'invalid bad-blk-length'],
      [plain.weight, 'connected'],
      [plain.weight + 1, 'connected'],
    ] as const)
      expect(fate(sized(limit), {})).toBe(expected)
  })
})

describe('witnesses', () => {
  const { node, coins } = prepared()
  const locked = concatBytes(Uint8Array.of(0, 32), crypto.sha256(ANYONE))
  const funding = node.forge.spend(coins[0]!, 0, { outputs: [{ value: SUBSIDY, script: locked }] })
  node.mine({ transactions: [funding] })
  const spend = node.forge.transaction({
    inputs: [
      {
        prevTxid: funding.txid,
        prevIndex: 0,
        scriptSig: NOTHING,
        sequence: 0xffffffff,
        witness: [ANYONE],
      },
    ],
    outputs: [{ value: SUBSIDY, script: ANYONE }],
  })
  const transactions = [spend]

  test('are committed to', () => {
    expect(fate(node, { transactions, commitment: 'none' })).toBe('mutated unexpected-witness')
    expect(fate(node, { transactions, commitment: new Uint8Array(32) })).toBe(
      'mutated bad-witness-merkle-match',
    )
    for (const witness of [[], [new Uint8Array(31)], [new Uint8Array(33)], [NOTHING, NOTHING]])
      expect(fate(node, { transactions, coinbaseWitness: witness })).toBe('mutated bad-witness-nonce-size')
    expect(fate(node, { transactions, coinbaseWitness: [new Uint8Array(32).fill(1)] })).toBe(
      'mutated bad-witness-merkle-match',
    )
  })

  test('count a quarter in the weight', () => {
    const block = node.forge.block(node.tip, { transactions })
    const limit = (maxBlockWeight: number) => {
      const chain = testChain(crypto, { limits: { maxBlockWeight } })
      const own = new TestChain(chain)
      for (let h = 1; h <= node.tip.height; h++)
        own.deliver(node.chainstate.block(node.chainstate.activeAt(h)!)!)
      return fate(own, block)
    }
    expect(limit(block.weight - 1)).toBe('invalid bad-blk-weight')
    expect(limit(block.weight)).toBe('connected')
  })

  test('that were tampered with do not spoil the honest block', () => {
    expect(fate(node, { transactions })).toBe('connected')
  })
})

describe('spending', () => {
  const { node, coins } = prepared()
  const spend = (index: number, options = {}) => node.forge.spend(coins[index]!, 0, options)

  test('needs coins that exist, are unspent, and come first', () => {
    const first = spend(0)
    const second = node.forge.spend(first)
    const missing = 'invalid bad-txns-inputs-missingorspent'
    expect(fate(node, { transactions: [second] })).toBe(missing)
    expect(fate(node, { transactions: [second, first] })).toBe(missing)
    expect(fate(node, { transactions: [first, spend(0, { lockTime: 1 })] })).toBe(missing)
    expect(fate(node, { transactions: [first, second] })).toBe('connected')
    expect(fate(node, { transactions: [spend(0, { lockTime: 2 })] })).toBe(missing)
  })

  test('finds no coin in an output that cannot be spent', () => {
    const unspendable = [Uint8Array.of(0x6a), new Uint8Array(10_001)]
    for (const [i, script] of unspendable.entries()) {
      const burn = spend(1 + i, { outputs: [{ value: 1, script }] })
      expect(fate(node, { transactions: [burn, node.forge.spend(burn)], fees: SUBSIDY - 1 })).toBe(
        'invalid bad-txns-inputs-missingorspent',
      )
    }
    const longest = spend(1, { outputs: [{ value: 1, script: new Uint8Array(10_000) }] })
    expect(fate(node, { transactions: [longest] })).toBe('connected')
  })

  test('of a coinbase waits for its maturity', () => {
    const depth = (n: number) => {
      const { node: own, coins: ownCoins } = prepared()
      return fate(own, { transactions: [own.forge.spend(ownCoins[ownCoins.length - n]!)] })
    }
    expect([2, 3, 4].map(depth)).toEqual([
      'invalid bad-txns-premature-spend-of-coinbase',
      'connected',
      'connected',
    ])
  })

  test('does not make value', () => {
    const paying = (value: number) => ({ transactions: [spend(4, { outputs: [{ value, script: ANYONE }] })] })
    expect(fate(node, paying(SUBSIDY + 1))).toBe('invalid bad-txns-in-belowout')
    expect(fate(node, paying(SUBSIDY))).toBe('connected')
  })

  test('the coinbase takes the subsidy and the fees, no more', () => {
    const claim = (extra: number) => {
      const { node: own, coins: ownCoins } = prepared({}, 5)
      const pay = own.forge.spend(ownCoins[0]!, 0, { outputs: [{ value: SUBSIDY - 7, script: ANYONE }] })
      return fate(own, { transactions: [pay], fees: 7 + extra })
    }
    expect([-1, 0, 1].map(claim)).toEqual(['connected', 'connected', 'invalid bad-cb-amount'])
  })

  test('waits for relative locks, of a coin in the same block too', () => {
    const first = spend(5)
    const locked = (n: number) => ({ transactions: [first, node.forge.spend(first, 0, { sequence: n })] })
    expect(fate(node, locked(1))).toBe('invalid bad-txns-nonfinal')
    expect(fate(node, locked(0))).toBe('connected')
  })

  test('satisfies the scripts; the first failing input is named', () => {
    const stuck = spend(6, { outputs: [{ value: 1, script: Uint8Array.of(0) }] })
    const verdict = node.deliver(
      node.forge.block(node.tip, { transactions: [stuck, node.forge.spend(stuck)] }),
    )
    expect(verdict).toMatchObject({
      class: 'invalid',
      reason: expect.stringContaining('block-script-verify-flag-failed ('),
      detail: expect.stringContaining('input 0 of '),
    })
  })
})

describe('BIP30', () => {
  const options = { deployments: { bip34: { kind: 'never' } } }
  const twin: BlockOptions = {
    coinbaseScript: Uint8Array.of(1, 1),
    coinbaseOutputs: [{ value: 9, script: ANYONE }],
  }

  test('an unspent coin is not taken the place of, a spent one may be', () => {
    const node = new TestChain(testChain(crypto, options))
    const coin = node.mine(twin).transactions[0]!
    node.mineMany(3)
    expect(fate(node, twin)).toBe('invalid bad-txns-BIP30')
    node.mine({ transactions: [node.forge.spend(coin)] })
    expect(fate(node, twin)).toBe('connected')
  })

  test('a transaction that is mined again is named, whatever else is wrong', () => {
    const { node, coins } = prepared()
    const spend = node.forge.spend(coins[0]!)
    node.mine({ transactions: [spend] })
    expect(fate(node, { transactions: [spend] })).toBe('invalid bad-txns-BIP30')
    node.mine({ transactions: [node.forge.spend(spend)] })
    expect(fate(node, { transactions: [spend] })).toBe('invalid bad-txns-inputs-missingorspent')
  })

  test('an excepted block overwrites, and a reorganisation takes the coin away', () => {
    const scout = new TestChain(testChain(crypto, options))
    const first = scout.mine(twin)
    const second = scout.mine({ extra: 1 })
    const third = scout.forge.block(scout.tip, twin)
    const bip30Exceptions = [{ height: 3, hash: hashToHex(third.hash) }]
    const node = new TestChain(testChain(crypto, { ...options, bip30Exceptions }))
    expect([first, second, third].map((block) => node.deliver(block).outcome)).toEqual(
      Array(3).fill('connected'),
    )
    expect(node.chainstate.coinCount).toBe(2)
    node.chainstate.invalidate(first.hash)
    while (node.chainstate.connectNext());
    expect(node.chainstate.coinCount).toBe(0)
    expect(hashToHex(node.chainstate.coinDigest())).toBe('00'.repeat(32))
  })
})

/** A block whose transactions are these and nothing else. */
function rebuilt(node: TestChain, transactions: readonly Transaction[]): Block {
  const root = transactions[0]?.txid ?? new Uint8Array(32)
  const { header } = node.forge.block(node.tip, { merkleRoot: root })
  const block = decodeBlock(
    encodeBlock(
      header.raw,
      transactions.map(({ raw }) => raw),
    ),
    crypto,
  )
  if (isRejection(block)) throw new Error(block.detail)
  return block
}
