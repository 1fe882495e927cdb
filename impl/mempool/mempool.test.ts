import { describe, expect, test } from 'vitest'
import { quickChain } from '../testing/chains.ts'
import { ANYONE, coinbaseOf, crypto, spend } from '../testing/spends.ts'
import type { TestNode } from '../testing/test-node.ts'
import { TestWorld } from '../testing/world.ts'
import {
  ByteReader,
  encodeTransaction,
  hashToHex,
  parseTransaction,
  type Transaction,
} from '../wire/index.ts'
import type { MempoolPolicy } from './policy.ts'

function parse(bytes: Uint8Array): Transaction {
  return parseTransaction(new ByteReader(bytes), crypto)
}

function id(bytes: Uint8Array): string {
  return hashToHex(parse(bytes).txid)
}

/** A node with mature coinbases to spend; each is worth `value`. */
function funded(policy: Partial<MempoolPolicy> = {}) {
  const world = new TestWorld(quickChain)
  const node = world.add({ policy })
  const coins = world.generate(node, 8).slice(0, 5).map(coinbaseOf)
  const value = coins[0]!.outputs[0]!.value
  const submit = (bytes: Uint8Array) => {
    const { verdict } = world.submit(node, 'submitTransaction', bytes)
    return verdict.outcome === 'rejected' ? verdict.reason : verdict.outcome
  }
  return { world, node, coins, value, submit }
}

function pool(node: TestNode): string[] {
  return node.node.view.mempool()
}

describe('what the pool accepts', () => {
  test('fees: at the floor, one sat below, one above', () => {
    const { coins, value, submit } = funded({ minRelayFeeRate: 1000 })
    const size = parse(spend([{ from: coins[0]! }], [value])).totalSize
    expect(submit(spend([{ from: coins[0]! }], [value - size + 1]))).toBe('min relay fee not met')
    expect(submit(spend([{ from: coins[0]! }], [value - size]))).toBe('accepted')
    expect(submit(spend([{ from: coins[1]! }], [value - size - 1]))).toBe('accepted')
  })

  test('a fee below the price of a replacement, when nothing is replaced', () => {
    const { coins, value, submit } = funded({ minRelayFeeRate: 0, incrementalFeeRate: 1000 })
    expect(submit(spend([{ from: coins[0]! }], [value - 1]))).toBe('accepted')
  })

  test('more out than in, unknown coins, coins spent twice', () => {
    const { coins, value, submit } = funded({ replacement: 'never' })
    expect(submit(spend([{ from: coins[0]! }], [value + 1]))).toBe('bad-txns-in-belowout')
    const unknown = parse(spend([{ from: coins[0]! }], [1]))
    expect(submit(spend([{ from: unknown }], [1]))).toBe('bad-txns-inputs-missingorspent')
    expect(submit(spend([{ from: coins[0]! }], [value - 1000]))).toBe('accepted')
    expect(submit(spend([{ from: coins[0]! }], [value - 9000]))).toBe('txn-mempool-conflict')
  })

  test('a coinbase at maturity minus one, and at maturity', () => {
    const world = new TestWorld(quickChain)
    const node = world.add()
    const [first] = world.generate(node, 2)
    const early = spend([{ from: coinbaseOf(first!) }], [1000])
    expect(world.submit(node, 'submitTransaction', early).verdict).toMatchObject({
      class: 'premature',
      reason: 'bad-txns-premature-spend-of-coinbase',
    })
    world.generate(node, 1)
    expect(world.submit(node, 'submitTransaction', early).verdict.outcome).toBe('accepted')
  })

  test('lock times by height: the next block, and the one after', () => {
    const { node, coins, submit } = funded()
    const { height } = node.tip
    const locked = (lockTime: number) => spend([{ from: coins[0]!, sequence: 0 }], [1000], lockTime)
    expect(submit(locked(height + 1))).toBe('non-final')
    expect(submit(locked(height))).toBe('accepted')
  })

  test('lock times by median time: at it, and one below', () => {
    const { node, coins, submit } = funded()
    const median = node.node.view.medianTimePast()
    const locked = (lockTime: number) => spend([{ from: coins[0]!, sequence: 0 }], [1000], lockTime)
    expect(submit(locked(median))).toBe('non-final')
    expect(submit(locked(median - 1))).toBe('accepted')
  })

  test('relative locks by height: one block too early, and just in time', () => {
    const { node, coins, submit } = funded()
    // The coin of height 1 has `height` blocks on it in the next block.
    const { height } = node.tip
    const locked = (sequence: number) => spend([{ from: coins[0]!, sequence }], [1000])
    expect(submit(locked(height + 1))).toBe('non-BIP68-final')
    expect(submit(locked(height))).toBe('accepted')
  })

  test('what is there already', () => {
    const { coins, submit } = funded()
    const bytes = spend([{ from: coins[0]! }], [1000])
    expect(submit(bytes)).toBe('accepted')
    expect(submit(bytes)).toBe('duplicate')
  })
})

describe('families', () => {
  /** A chain of `length` transactions, each spending the one before. */
  function chain(from: Transaction, value: number, length: number): Uint8Array[] {
    const all: Uint8Array[] = []
    let parent = from
    for (let i = 1; i <= length; i++) {
      const bytes = spend([{ from: parent }], [value - i * 1000])
      all.push(bytes)
      parent = parse(bytes)
    }
    return all
  }

  test('of twenty-five are let in, of twenty-six not', () => {
    const { coins, value, submit, node } = funded()
    const verdicts = chain(coins[0]!, value, 26).map(submit)
    expect(verdicts.slice(0, 25)).toEqual(Array(25).fill('accepted'))
    expect(verdicts[25]).toBe('too-long-mempool-chain')
    expect(pool(node).length).toBe(25)
  })

  test.each([
    ['ancestors', { ancestorsMax: 3, descendantsMax: 99 }],
    ['descendants', { ancestorsMax: 99, descendantsMax: 3 }],
  ])('keep to the limit of %s by itself', (_name, policy) => {
    const { coins, value, submit } = funded(policy)
    expect(chain(coins[0]!, value, 4).map(submit)).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'too-long-mempool-chain',
    ])
  })

  test.each(['ancestorVsizeMax', 'descendantVsizeMax'] as const)('keep to %s, to the last byte', (limit) => {
    const size = parse(chain(funded().coins[0]!, funded().value, 1)[0]!).virtualSize
    for (const [spare, last] of [
      [-1, 'too-long-mempool-chain'],
      [0, 'accepted'],
      [1, 'accepted'],
    ] as const) {
      const { coins, value, submit } = funded({ [limit]: 2 * size + spare })
      expect(chain(coins[0]!, value, 2).map(submit)).toEqual(['accepted', last])
    }
  })

  test('leave one by one when blocks confirm the eldest', () => {
    const { coins, value, submit, node, world } = funded()
    const all = chain(coins[0]!, value, 4)
    for (const bytes of all) submit(bytes)
    world.generate(node, 1)
    expect(pool(node)).toEqual([])
    expect(node.tip.height).toBe(9)
  })

  test('are kept apart in the sums of ancestors and descendants', () => {
    const { coins, value, submit, node, world } = funded({ replacement: 'fee' })
    const [a, b, c] = chain(coins[0]!, value, 3)
    for (const bytes of [a!, b!, c!]) expect(submit(bytes)).toBe('accepted')
    // Replacing the middle takes the youngest along and leaves the eldest with one descendant.
    const other = spend([{ from: parse(a!) }], [value - 900_000])
    expect(submit(other)).toBe('accepted')
    expect(pool(node)).toEqual([id(a!), id(other)])
    const template = node.node.view.template(Math.floor(world.now / 1000))!
    expect(template.entries.map((entry) => entry.descendants)).toEqual([2, 1])
    expect(template.entries.map((entry) => entry.ancestorFees)).toEqual([1000, 900_000])
  })
})

describe('replacement by fee', () => {
  const first = 10_000

  test('asks for what leaves and for its own relay: exactly, and one sat less', () => {
    const { coins, value, submit } = funded({ incrementalFeeRate: 1000 })
    const pay = (fee: number) => spend([{ from: coins[0]! }], [value - fee])
    const size = parse(pay(1)).totalSize
    expect(submit(pay(first))).toBe('accepted')
    expect(submit(pay(first))).toBe('duplicate')
    expect(submit(pay(first + size - 1))).toBe('insufficient fee')
    expect(submit(pay(first + size))).toBe('accepted')
  })

  test('pays for descendants too', () => {
    const { coins, value, submit, node } = funded()
    const parent = spend([{ from: coins[0]! }], [value - first])
    const child = spend([{ from: parse(parent) }], [value - first - 50_000])
    submit(parent)
    submit(child)
    expect(submit(spend([{ from: coins[0]! }], [value - first - 40_000]))).toBe('insufficient fee')
    const winner = spend([{ from: coins[0]! }], [value - first - 51_000])
    expect(submit(winner)).toBe('accepted')
    expect(pool(node)).toEqual([id(winner)])
  })

  test('asks for a better rate than that of each it drives out', () => {
    const { coins, value, submit } = funded({ incrementalFeeRate: 0 })
    const pay = (fee: number, outputs: number) =>
      spend(
        [{ from: coins[0]! }],
        Array.from({ length: outputs }, () => Math.floor((value - fee) / outputs)),
      )
    const small = parse(pay(first, 1)).totalSize
    const large = parse(pay(first, 20)).totalSize
    const even = Math.floor((first * large) / small)
    expect(submit(pay(first, 1))).toBe('accepted')
    expect(submit(pay(even - 20, 20))).toBe('replacement-failed')
    expect(submit(pay(even + 1, 20))).toBe('accepted')
  })

  test('does not spend what it replaces', () => {
    const { coins, value, submit } = funded()
    const parent = spend([{ from: coins[0]! }], [value - first])
    submit(parent)
    const both = spend([{ from: coins[0]! }, { from: parse(parent) }], [1000])
    expect(submit(both)).toBe('bad-txns-spends-conflicting-tx')
  })

  test('evicts as many as the limit and no more', () => {
    const { coins, value, submit } = funded({ evictionsMax: 2 })
    const parent = spend([{ from: coins[0]! }], [value - first])
    const child = spend([{ from: parse(parent) }], [value - 2 * first])
    const grandchild = spend([{ from: parse(child) }], [value - 3 * first])
    for (const bytes of [parent, child, grandchild]) submit(bytes)
    expect(submit(spend([{ from: coins[0]! }], [1000]))).toBe('too many potential replacements')
    expect(submit(spend([{ from: parse(parent) }], [1000]))).toBe('accepted')
  })
})

describe('room', () => {
  test('the least paying leave when the pool is full, and their rate becomes the floor', () => {
    const { coins, value, submit, node } = funded({ poolBytesMax: 4000, incrementalFeeRate: 1000 })
    const pay = (i: number, fee: number) => spend([{ from: coins[i]! }], [value - fee])
    for (let i = 0; i < 5; i++) submit(pay(i, 1000 + 500 * i))
    const left = pool(node)
    expect(left.length).toBeLessThan(5)
    expect(left).toContain(id(pay(4, 3000)))
    expect(left).not.toContain(id(pay(0, 1000)))
    expect(submit(pay(0, 1001))).toBe('mempool min fee not met')
  })

  test('what waits too long leaves when the next one comes', () => {
    const { coins, value, submit, node, world } = funded({ expirySeconds: 3600 })
    const old = spend([{ from: coins[0]! }], [value - 1000])
    submit(old)
    world.pass(3600_000)
    submit(spend([{ from: coins[1]! }], [value - 1000]))
    expect(pool(node)).toContain(id(old))
    world.pass(1000)
    submit(spend([{ from: coins[2]! }], [value - 1000]))
    expect(pool(node)).not.toContain(id(old))
  })
})

describe('signature operations', () => {
  const CHECKSIG = 0xac
  /** A transaction whose outputs hold so many of them, four a piece. */
  const costly = (from: Transaction, count: number) =>
    encodeTransaction({
      version: 2,
      inputs: [{ prevTxid: from.txid, prevIndex: 0, scriptSig: new Uint8Array(0), sequence: 0xffffffff }],
      outputs: [{ value: 1_000_000, script: new Uint8Array(count).fill(CHECKSIG) }],
      lockTime: 0,
    })

  test.each([
    [3999, 1 / 5, 'accepted'],
    [4000, 1 / 5, 'accepted'],
    [4001, 1 / 5, 'bad-txns-too-many-sigops'],
    [4001, 1, 'accepted'],
    [20_000, 1, 'accepted'],
    [20_001, 1, 'bad-txns-too-many-sigops'],
  ])('%d of them, with a share of %d of a block: %s', (count, sigopsShareMax, outcome) => {
    const { coins, submit } = funded({ sigopsShareMax, bytesPerSigop: 0 })
    expect(submit(costly(coins[0]!, count))).toBe(outcome)
  })

  test('what no block can hold is invalid for ever; what only pools refuse is not', () => {
    const { coins, world, node } = funded({ bytesPerSigop: 0 })
    const verdictOf = (count: number) =>
      world.submit(node, 'submitTransaction', costly(coins[0]!, count)).verdict
    expect(verdictOf(4001)).toMatchObject({ class: 'premature', detail: '16004' })
    expect(verdictOf(20_001)).toMatchObject({ class: 'invalid' })
  })
})

describe('the usual form', () => {
  const encode = (parts: Partial<Parameters<typeof encodeTransaction>[0]>, from: Transaction) =>
    encodeTransaction({
      version: 2,
      inputs: [{ prevTxid: from.txid, prevIndex: 0, scriptSig: new Uint8Array(0), sequence: 0xffffffff }],
      outputs: [{ value: 100_000, script: Uint8Array.from([0, 20, ...new Uint8Array(20)]) }],
      lockTime: 0,
      ...parts,
    })
  const data = (bytes: number) =>
    Uint8Array.from([0x6a, 0x4d, bytes & 0xff, bytes >> 8, ...new Uint8Array(bytes)])

  test.each<[string, Partial<Parameters<typeof encodeTransaction>[0]>]>([
    ['version', { version: 0 }],
    ['version', { version: 4 }],
    ['scriptpubkey', { outputs: [{ value: 100_000, script: ANYONE }] }],
    ['datacarrier', { outputs: [{ value: 0, script: data(200) }] }],
    [
      'dust',
      {
        outputs: [1, 2].map(() => ({ value: 293, script: Uint8Array.from([0, 20, ...new Uint8Array(20)]) })),
      },
    ],
  ])('is refused by Core’s reason: %s', (reason, parts) => {
    const { coins, submit } = funded({ requireStandard: true, dataCarrierBytesMax: 83 })
    expect(submit(encode(parts, coins[0]!))).toBe(reason)
  })

  test('and of coins that are not of it', () => {
    const { coins, submit } = funded({ requireStandard: true })
    expect(submit(encode({}, coins[0]!))).toBe('bad-txns-nonstandard-inputs')
  })
})
