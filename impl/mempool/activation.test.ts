import { expect, test } from 'vitest'
import { createTemplate, TEMPLATE_OPTIONS } from '../mining/index.ts'
import { InPlaceChecks } from '../script-engine/index.ts'
import { testChain } from '../testing/chains.ts'
import { ANYONE } from '../testing/forge.ts'
import { crypto, LATER, TestChain } from '../testing/test-chain.ts'
import type { Transaction } from '../wire/index.ts'
import { Mempool } from './mempool.ts'
import { CONSENSUS_POLICY } from './policy.ts'

const FORK_HEIGHT = 12
/** True, and then what will ask for a transaction of version 2. [BIP112] */
const LOCKED = Uint8Array.of(0x51, 0xb2)
const FORK = { kind: 'height', height: FORK_HEIGHT }

/** It may be signalled for in the blocks 4 to 7 alone, and failed unless three did. */
const SIGNALLED = {
  kind: 'bip8',
  bit: 0,
  startHeight: 4,
  timeoutHeight: 8,
  lockInOnTimeout: false,
  threshold: 3,
  window: 4,
}

/** A node whose chain gets BIP112 and segwit with block 12, or as given, with a coin of `LOCKED` in block 8. */
function beforeTheFork(deployments: object = {}) {
  const node = new TestChain(testChain(crypto, { deployments: { csv: FORK, segwit: FORK, ...deployments } }))
  const { chainstate, forge } = node
  const mempool = new Mempool(chainstate, new InPlaceChecks({ crypto }), CONSENSUS_POLICY)
  chainstate.listen({
    connected: (block) => mempool.blockConnected(block, LATER),
    disconnected: (block) => mempool.blockDisconnected(block),
  })
  const [first, second] = node.mineMany(7).map((block) => block.transactions[0]!)
  const pay = (from: Transaction, script = ANYONE, witness: readonly Uint8Array[] = []) =>
    forge.transaction({
      version: 1,
      inputs: [
        { prevTxid: from.txid, prevIndex: 0, scriptSig: new Uint8Array(0), sequence: 0xffffffff, witness },
      ],
      outputs: [{ value: 1_000_000, script }],
    })
  const coin = pay(first!, LOCKED)
  node.mine({ transactions: [coin], fees: 0 })
  const mineTo = (height: number) => {
    while (node.tip.height < height) node.mine()
    mempool.settle(LATER)
  }
  const pool = () => [...mempool.pool.entries()].map(({ transaction }) => transaction)
  const submit = (transaction: Transaction) => mempool.accept(transaction, LATER).kind
  return { node, mempool, coin, second: second!, pay, mineTo, pool, submit }
}

test('what a coming soft fork forbids is not let in before it', () => {
  const { coin, second, pay, mineTo, pool, submit } = beforeTheFork()
  const other = pay(second)
  expect(submit(pay(coin))).toBe('refused')
  expect(submit(other)).toBe('accepted')
  mineTo(FORK_HEIGHT)
  expect(pool()).toEqual([other])
})

test('what a fork forbids that never comes, or has failed, is let in', () => {
  for (const csv of [{ kind: 'never' }, SIGNALLED]) {
    const { coin, pay, submit } = beforeTheFork({ csv })
    expect(submit(pay(coin))).toBe('accepted')
  }
})

test('on a branch where the fork has not failed, what it forbids leaves the pool with its descendants', () => {
  const { node, mempool, coin, second, pay, pool, submit } = beforeTheFork({ csv: SIGNALLED })
  const early = pay(coin)
  const child = pay(early)
  const other = pay(second)
  for (const transaction of [early, child, other]) expect(submit(transaction)).toBe('accepted')
  // All of the period from 4 on signals on another branch, which has more work.
  let parent = node.tip.ancestor(3)
  for (let i = 0; i < 7; i++) {
    const transactions = parent.height === 7 ? [coin] : []
    parent = node.node(node.mine({ version: 0x20000001, transactions, extra: 1 }, parent))
  }
  expect(node.tip).toBe(parent)
  mempool.settle(LATER)
  expect(pool()).toEqual([other])
})

test('a template holds no witness, nor what spends such a transaction, before blocks commit to witnesses', () => {
  const { node, mempool, second, coin, pay, mineTo, submit } = beforeTheFork({ csv: { kind: 'never' } })
  // The coin's script ignores the witness while it is not in force.
  const carrier = pay(second, Uint8Array.of(0x00, 32, ...crypto.sha256(ANYONE)))
  expect(submit(carrier)).toBe('accepted')
  const witness = pay(carrier, ANYONE, [ANYONE])
  const heir = pay(witness)
  const other = pay(coin)
  for (const transaction of [witness, heir, other]) expect(submit(transaction)).toBe('accepted')
  const names = new Map([
    [carrier, 'carrier'],
    [witness, 'witness'],
    [heir, 'heir'],
    [other, 'other'],
  ])
  const chosen = () => {
    const { entries } = createTemplate(node.chainstate, mempool.pool, LATER, {
      ...TEMPLATE_OPTIONS,
      feeRateMin: 0,
    })
    return new Set(entries.map(({ transaction }) => names.get(transaction)))
  }
  expect(chosen()).toEqual(new Set(['carrier', 'other']))
  mineTo(FORK_HEIGHT - 1)
  expect(chosen()).toEqual(new Set(names.values()))
})
