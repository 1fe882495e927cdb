import { ripemd160 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, it } from 'vitest'
import type { Deployment } from '../chains/index.ts'
import { encodeTransaction, txid } from '../encoding/index.ts'
import type { Block, Transaction } from '../vocabulary/index.ts'
import { medianTimePast, sats } from '../vocabulary/index.ts'
import { receiveBlock } from './receive.ts'
import { extend, type ForkState, openChain } from './state.ts'
import { GENESIS, mine, mineChain, NOW, paidBy, pay, reward, TINY } from './testing.ts'
import { receiveTransaction } from './unconfirmed.ts'

const deliver = (blocks: readonly Block[], from = openChain(TINY)) =>
  blocks.reduce((state, block) => receiveBlock(state, block, NOW).state, from)
const { blocks, top } = mineChain(GENESIS, 5)
const state = deliver(blocks)
const SUBSIDY = 5_000_000_000n
/** Of block 3, spendable in block 6 and not before. */
const ripe = reward(blocks[2]!)

function send(from: ForkState, ...transactions: Transaction[]) {
  const said: string[] = []
  let current = from
  for (const transaction of transactions) {
    const { state: next, verdict } = receiveTransaction(current, encodeTransaction(transaction))
    current = next
    said.push('class' in verdict ? `${verdict.class} ${verdict.reason}` : verdict.outcome)
  }
  return { state: current, said }
}
const pool = ({ pool }: ForkState) => [...pool.transactions.keys()]

describe('an unconfirmed transaction', () => {
  const payment = pay([ripe], SUBSIDY)
  const median = medianTimePast(top, 11)
  it.each([
    ['accepted', payment],
    ['premature bad-txns-premature-spend-of-coinbase', pay([reward(blocks[3]!)], 1)],
    ['missing bad-txns-inputs-missingorspent', pay([paidBy(payment)], 1)],
    ['invalid bad-txns-in-belowout', pay([ripe], SUBSIDY + 1n)],
    ['invalid bad-txns-vout-negative', pay([ripe], -1)],
    ['invalid bad-txns-inputs-duplicate', pay([ripe, ripe], 1)],
    ['invalid coinbase', mine(top).transactions[0]!],
    ['accepted', pay([ripe], 1, { lockTime: 5 })],
    ['premature non-final', pay([ripe], 1, { lockTime: 6 })],
    ['accepted', pay([ripe], 1, { lockTime: 6, sequence: 0xffffffff })],
    ['accepted', pay([ripe], 1, { lockTime: median - 1 })],
    ['premature non-final', pay([ripe], 1, { lockTime: median })],
    ['accepted', pay([ripe], 1, { sequence: 3 })],
    ['premature non-BIP68-final', pay([ripe], 1, { sequence: 4 })],
    ['accepted', pay([ripe], 1, { sequence: 4, version: 1 })],
  ])('is %s', (expected, transaction) => {
    expect(send(state, transaction).said).toEqual([expected])
  })
  it('is judged with its scripts', () => {
    const inputs = payment.inputs.map((input) => ({ ...input, scriptSig: Uint8Array.of(0x6a) }))
    expect(send(state, { ...payment, inputs }).said).toEqual([
      'invalid mempool-script-verify-flag-failed (OP_RETURN)',
    ])
  })
  it('is kept, once, and may be spent by another', () => {
    const child = pay([paidBy(payment)], 7)
    const { state: after, said } = send(state, payment, payment, child)
    expect(said).toEqual(['accepted', 'duplicate', 'accepted'])
    expect(pool(after)).toEqual([txid(payment), txid(child)])
  })
  it('has outputs that a script refuses to spend, and that are no coins in a block', () => {
    const note = pay([ripe], 0, { outputs: [{ value: sats(0n), script: Uint8Array.of(0x6a) }] })
    const reader = pay([paidBy(note)], 0)
    expect(send(state, note, reader).said).toEqual([
      'accepted',
      'invalid mempool-script-verify-flag-failed (OP_RETURN)',
    ])
    const confirmed = deliver([mine(top, { transactions: [note] })], state)
    expect(send(confirmed, reader).said).toEqual(['missing bad-txns-inputs-missingorspent'])
  })
  it('that conflicts with the pool is refused for policy, after all that the consensus asks', () => {
    const { state: holding } = send(state, payment)
    expect(receiveTransaction(holding, pay([ripe], 1)).verdict).toMatchObject({
      class: 'premature',
      reason: 'txn-mempool-conflict',
      isOwnReason: true,
      basis: 'policy',
    })
    const rival = pay([ripe], 1)
    const inputs = rival.inputs.map((input) => ({ ...input, scriptSig: Uint8Array.of(0x6a) }))
    for (const [transaction, expected] of [
      [pay([ripe], SUBSIDY + 1n), 'invalid bad-txns-in-belowout'],
      [pay([ripe, reward(blocks[3]!)], 1), 'premature bad-txns-premature-spend-of-coinbase'],
      [{ ...rival, inputs }, 'invalid mempool-script-verify-flag-failed (OP_RETURN)'],
    ] as const)
      expect(send(holding, transaction).said).toEqual([expected])
  })
  it('is known when a block has it', () => {
    const confirmed = deliver([mine(top, { transactions: [payment] })], state)
    expect(send(confirmed, payment).said).toEqual(['duplicate'])
  })
  it('is not bytes', () => {
    expect(receiveTransaction(state, Uint8Array.of(1)).verdict).toMatchObject({ reason: 'decode-failed' })
  })
})

describe('an unconfirmed transaction before an activation', () => {
  const payment = pay([ripe], 1)
  const inputs = payment.inputs.map((input) => ({ ...input, witness: [Uint8Array.of(1)] }))
  const judgedWhere = (segwit: Deployment, transaction: Transaction) => {
    const chain = {
      ...TINY,
      scriptsFromGenesis: false,
      deployments: { ...TINY.deployments, segwit },
    }
    return send(deliver(blocks, openChain(chain)), transaction).said
  }
  it('is judged by what is still to come', () => {
    for (const [segwit, expected] of [
      [{ kind: 'height', height: 100 }, 'premature'],
      [{ kind: 'always' }, 'mutated'],
    ] as const)
      expect(judgedWhere(segwit, { ...payment, inputs })).toEqual([
        `${expected} mempool-script-verify-flag-failed (WITNESS_UNEXPECTED)`,
      ])
    expect(judgedWhere({ kind: 'height', height: 100 }, payment)).toEqual(['accepted'])
  })
  it('is not judged by what never comes', () => {
    expect(judgedWhere({ kind: 'never' }, { ...payment, inputs })).toEqual(['accepted'])
  })
})

describe('the class of an unconfirmed transaction whose scripts fail', () => {
  /** Pays to a script with no key: OP_1 by witness script hash, bare or wrapped, or to no program at all. */
  const program = Uint8Array.of(0x00, 0x20, ...sha256(Uint8Array.of(0x51)))
  const wrapped = Uint8Array.of(0xa9, 0x14, ...ripemd160(sha256(program)), 0x87)
  const fund = (script: Uint8Array) => pay([ripe], 0, { outputs: [{ value: sats(9n), script }] })
  const spend = (funding: Transaction, scriptSig: readonly number[], witness: readonly number[][]) => {
    const child = pay([paidBy(funding)], 1)
    const changes = {
      scriptSig: Uint8Array.from(scriptSig),
      witness: witness.map((item) => Uint8Array.from(item)),
    }
    return send(send(state, funding).state, {
      ...child,
      inputs: child.inputs.map((input) => ({ ...input, ...changes })),
    }).said.map((said) => said.split(' ')[0])
  }
  it('is of the bytes where a witness was altered or stripped', () => {
    expect(spend(fund(program), [], [[0x51]])).toEqual(['accepted'])
    expect(spend(fund(program), [], [[0x52]])).toEqual(['mutated'])
    expect(spend(fund(program), [], [])).toEqual(['mutated'])
    expect(spend(fund(wrapped), [0x22, ...program], [])).toEqual(['mutated'])
    expect(spend(fund(Uint8Array.of(0x51)), [], [[0x51]])).toEqual(['mutated'])
  })
  it('holds for ever where no witness has a part in it', () => {
    expect(spend(fund(Uint8Array.of(0x00)), [], [])).toEqual(['invalid'])
    expect(spend(fund(wrapped), [0x01, 0x51], [])).toEqual(['invalid'])
  })
  it('holds for ever where more is wrong than a witness', () => {
    // The script alone fails, whatever witness comes with it.
    expect(spend(fund(Uint8Array.of(0x00)), [], [[0x51]])).toEqual(['invalid'])
    expect(spend(fund(wrapped), [0x01, 0x51], [[0x51]])).toEqual(['invalid'])
    // What asks for the witness is not as it must be.
    expect(spend(fund(program), [0x51], [[0x51]])).toEqual(['invalid'])
    expect(spend(fund(wrapped), [0x51, 0x22, ...program], [[0x51]])).toEqual(['invalid'])
    expect(spend(fund(Uint8Array.of(0x00, 0x02, 0x07, 0x07)), [], [[0x51]])).toEqual(['invalid'])
  })
})

describe('an unconfirmed transaction that costs much to check', () => {
  it.each([
    [1, 'accepted'],
    [2, 'accepted'],
    [3, 'invalid bad-txns-too-many-sigops'],
  ])('has %i signature operations, where a block may have 2: %s', (count, expected) => {
    const chain = { ...TINY, limits: { ...TINY.limits, maxBlockSigopsCost: 8 } }
    const outputs = [{ value: sats(1n), script: new Uint8Array(count).fill(0xac) }]
    expect(send(deliver(blocks, openChain(chain)), pay([ripe], 1, { outputs })).said).toEqual([expected])
  })
})

describe('the pool', () => {
  const payment = pay([ripe], SUBSIDY)
  const child = pay([paidBy(payment)], 7)
  const rival = pay([ripe], 3)
  const { state: waiting } = send(state, payment, child)
  it('loses what a block has', () => {
    const after = deliver([mine(top, { transactions: [payment] })], waiting)
    expect(pool(after)).toEqual([txid(child)])
  })
  it('loses what a block conflicts with, and what was built on it', () => {
    expect(pool(deliver([mine(top, { transactions: [rival] })], waiting))).toEqual([])
  })
  it('gets back what a reorganisation takes from the chain', () => {
    const confirmed = deliver([mine(top, { transactions: [payment, child] })], waiting)
    expect(pool(confirmed)).toEqual([])
    const branch = mineChain(top, 2, { tag: 9 })
    expect(pool(deliver(branch.blocks, confirmed))).toEqual([txid(payment), txid(child)])
  })
  it('loses what a reorganisation makes premature', () => {
    const base = mineChain(GENESIS, 1)
    const late = mineChain(base.top, 5, { tag: 1 })
    const locked = pay([reward(base.blocks[0]!)], 1, { lockTime: medianTimePast(late.top, 11) - 1 })
    const { state: holding, said } = send(deliver([...base.blocks, ...late.blocks]), locked)
    expect(said).toEqual(['accepted'])
    let soon = base.top
    const branch = [2, 3, 4, 5, 6, 7].map(() => {
      const block = mine(soon, { header: { time: soon.header.time + 1 } })
      soon = extend(soon, block.header)
      return block
    })
    const after = deliver(branch, holding)
    expect(after.tip.hash).toBe(soon.hash)
    expect(pool(after)).toEqual([])
  })
})
