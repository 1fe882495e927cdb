import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { txid } from '../encoding/index.ts'
import type { Block, Input, Transaction } from '../vocabulary/index.ts'
import { NULL_HASH, NULL_INDEX, sats } from '../vocabulary/index.ts'
import { turnoverOf } from './book.ts'
import {
  accountBalance,
  type Book,
  bookInvariants,
  checkPayment,
  describePostingError,
  isBalanced,
  openBook,
  postBlock,
  quantumAt,
  scriptAccount,
  traceBack,
  traceForward,
  trialBalance,
} from './index.ts'

const SUBSIDY = sats(100)
/** A name as a script; the first byte keeps `jack` from being an OP_RETURN (0x6a is j). */
const scriptOf = (name: string) => new TextEncoder().encode(`@${name}`)
const account = (name: string) => scriptAccount(scriptOf(name))
const UNSPENDABLE = Uint8Array.of(0x6a)

type Payee = readonly [name: string | Uint8Array, amount: number]

const outputs = (payees: readonly Payee[]) =>
  payees.map(([name, amount]) => ({
    value: sats(amount),
    script: typeof name === 'string' ? scriptOf(name) : name,
  }))

const input = (outpoint: Input['outpoint']): Input => ({
  outpoint,
  scriptSig: new Uint8Array(),
  sequence: 0xffffffff,
  witness: [],
})

const pay = (from: readonly [Transaction, number][], ...to: Payee[]): Transaction => ({
  version: 2,
  inputs: from.map(([transaction, index]) => input({ txid: txid(transaction), index })),
  outputs: outputs(to),
  lockTime: 0,
})

const coinbase = (salt: number, ...to: Payee[]): Transaction => ({
  version: 1,
  inputs: [
    { ...input({ txid: NULL_HASH, index: NULL_INDEX }), scriptSig: Uint8Array.of(salt & 255, salt >> 8) },
  ],
  outputs: outputs(to),
  lockTime: 0,
})

const block = (...transactions: Transaction[]): Block => ({
  header: { version: 1, previous: NULL_HASH, merkleRoot: NULL_HASH, time: 7, bits: 0, nonce: 0 },
  transactions,
})

const genesis = openBook(block(coinbase(0, ['nobody', 100])), SUBSIDY)

/** Posts blocks of a height each, from 1 on; fails the test where the book refuses. */
function posted(book: Book, blocks: readonly Block[], from = 1): Book {
  return blocks.reduce((current, one, index) => {
    const result = postBlock(current, one, from + index, SUBSIDY)
    if (!result.ok) throw new Error(describePostingError(result.error))
    return result.book
  }, book)
}

function expectInvariants(book: Book): void {
  for (const [name, holds] of Object.entries(bookInvariants)) expect(holds(book), name).toBe(true)
  expect([...book.journal].filter((entry) => !isBalanced(entry))).toEqual([])
}

describe("the paper's worked example", () => {
  const tom = coinbase(1, ['tom', 10])
  const jerry = coinbase(2, ['jerry', 50])
  const mary = coinbase(3, ['mary', 40])
  const jack = coinbase(4, ['jack', 100])
  const alice10 = pay([[tom, 0]], ['alice', 10])
  const alice50 = pay([[jerry, 0]], ['alice', 50])
  const alice40 = pay([[mary, 0]], ['alice', 40])
  const bobFromJack = pay([[jack, 0]], ['bob', 100])
  const funded = posted(genesis, [
    block(tom),
    block(jerry),
    block(mary),
    block(jack),
    block(coinbase(6, ['miner', 100]), alice10, alice50, alice40, bobFromJack),
  ])
  const namesOnTheWayBack = (book: Book, transaction: Transaction, index: number): string[] => {
    const quantum = quantumAt(book, { txid: txid(transaction), index })
    return traceBack(book, quantum?.coordinate ?? '')
      .filter((step) => step.quantum.origins.length === 0)
      .map((step) => Buffer.from(step.quantum.account.slice('script:'.length + 2), 'hex').toString())
      .sort()
  }

  test('(a) allocated without change: the trace of Hook’s 110 reaches Tom and Jack only', () => {
    const bob10 = pay([[alice10, 0]], ['bob', 10])
    const bob50 = pay([[alice50, 0]], ['bob', 50])
    const bob40 = pay([[alice40, 0]], ['bob', 40])
    const hook = pay(
      [
        [bob10, 0],
        [bobFromJack, 0],
      ],
      ['hook', 110],
    )
    const onward = pay([[hook, 0]], ['somebody', 110])
    const book = posted(funded, [block(coinbase(7, ['miner', 100]), bob10, bob50, bob40, hook, onward)], 6)
    expect(namesOnTheWayBack(book, hook, 0)).toEqual(['jack', 'tom'])
    expect([accountBalance(book, account('bob')), accountBalance(book, account('hook'))]).toEqual([90n, 0n])
    expect(accountBalance(book, account('somebody'))).toBe(110n)
    expectInvariants(book)
  })

  test('(b) with change (找钱): Alice merges, Bob gets 90 back, the trace reaches all four', () => {
    const merged = pay(
      [
        [alice10, 0],
        [alice50, 0],
        [alice40, 0],
      ],
      ['bob', 100],
    )
    const hook = pay(
      [
        [merged, 0],
        [bobFromJack, 0],
      ],
      ['hook', 110],
      ['bob', 90],
    )
    const onward = pay([[hook, 0]], ['somebody', 110])
    const book = posted(funded, [block(coinbase(7, ['miner', 100]), merged, hook, onward)], 6)
    expect(namesOnTheWayBack(book, hook, 0)).toEqual(['jack', 'jerry', 'mary', 'tom'])
    expect(accountBalance(book, account('bob'))).toBe(90n)
    const tomsCoin = quantumAt(book, { txid: txid(tom), index: 0 })
    const forward = traceForward(book, tomsCoin?.coordinate ?? '')
    expect(forward.map((step) => step.quantum.outpoint.txid)).toContain(txid(onward))
    expectInvariants(book)
  })

  test('two hundreds are different quanta', () => {
    const merged = pay(
      [
        [alice10, 0],
        [alice50, 0],
        [alice40, 0],
      ],
      ['bob', 100],
    )
    const book = posted(funded, [block(coinbase(7, ['miner', 100]), merged)], 6)
    const [one, other] = [merged, bobFromJack].map((transaction) =>
      quantumAt(book, { txid: txid(transaction), index: 0 }),
    )
    expect(one?.amount).toBe(other?.amount)
    expect(one?.coordinate).not.toBe(other?.coordinate)
  })

  test('a payee accepts what has a source, is unspent and is the payer’s', () => {
    const outpoint = { txid: txid(alice10), index: 0 }
    expect(checkPayment(funded, outpoint, account('alice'))).toMatchObject({
      accept: true,
      sources: [{ amount: 10n }],
    })
    expect(checkPayment(funded, outpoint, account('mallory'))).toMatchObject({
      accept: false,
      because: 'not-the-owner',
    })
    expect(checkPayment(funded, { txid: txid(tom), index: 0 })).toMatchObject({
      accept: false,
      because: 'spent',
    })
    expect(checkPayment(funded, { txid: NULL_HASH, index: 0 })).toMatchObject({
      accept: false,
      because: 'no-source',
    })
  })
})

describe('the book refuses', () => {
  const first = coinbase(1, ['tom', 100])
  const book = posted(genesis, [block(first)])
  const refuse = (...payments: Transaction[]) =>
    postBlock(book, block(coinbase(2, ['miner', 100]), ...payments), 2, SUBSIDY)

  test('an input that answers no earlier debit', () => {
    expect(refuse(pay([[coinbase(9, ['x', 1]), 0]], ['y', 1]))).toMatchObject({
      error: { kind: 'unanswered' },
    })
  })
  test('an input answered twice, in one payment or in two', () => {
    const once = pay([[first, 0]], ['y', 100])
    const twice = pay(
      [
        [first, 0],
        [first, 0],
      ],
      ['y', 100],
    )
    expect(refuse(twice)).toMatchObject({ error: { kind: 'unanswered' } })
    expect(refuse(once, pay([[first, 0]], ['z', 100]))).toMatchObject({ error: { kind: 'unanswered' } })
    expect(refuse(once)).toMatchObject({ ok: true })
  })
  test.each([
    [99, true],
    [100, true],
    [101, false],
  ])('outputs of %i against inputs of 100: %s', (amount, ok) => {
    expect(refuse(pay([[first, 0]], ['y', amount])).ok).toBe(ok)
  })
  test.each([
    [199, true],
    [200, true],
    [201, false],
  ])('a coinbase of %i against 100 of subsidy and 100 of fees: %s', (amount, ok) => {
    const result = postBlock(
      book,
      block(coinbase(2, ['miner', amount]), pay([[first, 0]], ['y', 0])),
      2,
      SUBSIDY,
    )
    expect(result.ok).toBe(ok)
  })
})

describe('the accounts of the chain', () => {
  test('a coin of the same id overwrites; the loss has an account [BIP30]', () => {
    const same = coinbase(1, ['tom', 100])
    const book = posted(genesis, [block(same), block(same)])
    expect(accountBalance(book, 'overwritten')).toBe(100n)
    expect(accountBalance(book, account('tom'))).toBe(100n)
    const quanta = [...book.quanta.values()].filter((quantum) => quantum.account === account('tom'))
    expect(new Set(quanta.map((quantum) => quantum.coordinate)).size).toBe(2)
    expectInvariants(book)
  })
  test('what a coinbase forgoes, and what nobody can spend', () => {
    const book = posted(genesis, [block(coinbase(1, ['tom', 60], [UNSPENDABLE, 30]))])
    expect(accountBalance(book, 'unclaimed')).toBe(10n)
    expect(accountBalance(book, 'unspendable')).toBe(30n)
    expect(turnoverOf(book, 'subsidy').credits).toBe(200n)
    expect(trialBalance(book).unspent).toBe(60n)
    expectInvariants(book)
  })
})

test('property: the trial balance holds over random chains with reorganisations, and every trace ends in coinbases', () => {
  const step = fc.record({
    parent: fc.nat(),
    claimed: fc.constantFrom(0, 1, 99, 100),
    spends: fc.array(fc.nat(), { maxLength: 3 }),
    fee: fc.constantFrom(0, 0, 1, 50),
    burn: fc.boolean(),
  })
  let merged = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      const branches: { book: Book; height: number }[] = [{ book: genesis, height: 0 }]
      steps.forEach(({ parent, claimed, spends, fee, burn }, salt) => {
        const { book, height } = branches[parent % branches.length]!
        const unspent = [...book.unspent.values()].map((coordinate) => book.quanta.get(coordinate)!)
        const chosen =
          unspent.length === 0 ? [] : [...new Set(spends.map((index) => unspent[index % unspent.length]!))]
        const amount = chosen.reduce((sum, quantum) => sum + Number(quantum.amount), 0)
        const paid = Math.max(0, amount - fee)
        const payment: Transaction = {
          version: 2,
          inputs: chosen.map((quantum) => input(quantum.outpoint)),
          outputs: outputs([[burn ? UNSPENDABLE : `owner${salt}`, paid]]),
          lockTime: 0,
        }
        if (chosen.length > 1) merged++
        const next = block(
          coinbase(salt + 1, [`miner${salt}`, claimed]),
          ...(chosen.length > 0 ? [payment] : []),
        )
        branches.push({ book: posted(book, [next], height + 1), height: height + 1 })
      })
      for (const { book } of branches) {
        expectInvariants(book)
        const coinbases = new Set(
          [...book.journal].filter((entry) => entry.kind === 'coinbase').map((entry) => entry.id),
        )
        for (const coordinate of book.unspent.values()) {
          for (const { quantum } of traceBack(book, coordinate)) {
            if (quantum.origins.length === 0) expect(coinbases.has(quantum.outpoint.txid)).toBe(true)
          }
        }
      }
    }),
    { numRuns: 60 },
  )
  expect(merged).toBeGreaterThan(0)
})
