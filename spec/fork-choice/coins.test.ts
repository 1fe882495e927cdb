import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex, txid } from '../encoding/index.ts'
import { height, sats } from '../vocabulary/index.ts'
import { applyBlock, balanceOf, coinAt, NO_COINS, printDigest } from './coins.ts'
import { GENESIS, mine, paidBy, pay, reward } from './testing.ts'

const first = mine(GENESIS)
const after = applyBlock(NO_COINS, first, height(1))
const ANYONE = Uint8Array.of(0x51)

describe('coins', () => {
  it('have a digest that is the sum of their hashes', () => {
    const coinbase = txid(first.transactions[0]!)
    const bytes = `${toHex(fromHex(coinbase).reverse())}0000000003000000${'00f2052a01000000'}0151`
    expect(printDigest(after)).toBe(toHex(sha256(fromHex(bytes)).reverse()))
    expect(printDigest(NO_COINS)).toBe('0'.repeat(64))
  })
  it('are created and spent', () => {
    const payment = pay([reward(first)], 7)
    const next = applyBlock(after, mine(GENESIS, { transactions: [payment], tag: 1 }), height(2))
    expect(coinAt(next, reward(first))).toBeUndefined()
    expect(coinAt(next, paidBy(payment))).toMatchObject({
      height: 2,
      isCoinbase: false,
      output: { value: 7n },
    })
    expect(balanceOf(next, ANYONE)).toBe(5_000_000_007n)
    expect(balanceOf(next, Uint8Array.of(0x52))).toBe(0n)
  })
  it('spent in the block that creates them leave nothing behind', () => {
    const payment = pay([reward(first)], 7)
    const child = pay([paidBy(payment)], 7, { outputs: [{ value: sats(7), script: Uint8Array.of(0x6a) }] })
    const only = { ...mine(GENESIS), transactions: [payment, child] }
    expect(printDigest(applyBlock(after, only, height(2)))).toBe(printDigest(NO_COINS))
  })
  it.each([
    [10_000, true],
    [10_001, false],
  ])('of %i bytes of script: %s', (length, isCoin) => {
    const script = new Uint8Array(length).fill(0x51)
    const block = mine(GENESIS, { coinbase: { outputs: [{ value: sats(1), script }] } })
    expect(applyBlock(NO_COINS, block, height(1)).coins.size).toBe(isCoin ? 1 : 0)
  })
  it('that are overwritten are gone', () => {
    const again = applyBlock(after, first, height(9))
    expect(coinAt(again, reward(first))).toMatchObject({ height: 9 })
    expect(again.coins.size).toBe(1)
    expect(printDigest(again)).toBe(printDigest(applyBlock(NO_COINS, first, height(9))))
  })
})
