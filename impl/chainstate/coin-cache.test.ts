import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MemoryOrderedStore } from '../platform/index.ts'
import { StoreError } from '../storage/index.ts'
import { crypto } from '../testing/test-chain.ts'
import { bytesToHex } from '../wire/index.ts'
import { CoinCache } from './coin-cache.ts'
import { NO_ENTRY } from './coin-table.ts'
import { CoinDigest } from './digest.ts'
import { COIN_KEYS } from './store-keys.ts'

const OUTPOINTS = 6
const outpoint = (n: number) => {
  const bytes = new Uint8Array(36).fill(n % 5)
  bytes[35] = n
  return bytes
}
const script = (n: number) => new Uint8Array([0, 1, 25, 252, 253, 254, 10_000][n % 7]!).fill(n)

const step = fc.record({
  kind: fc.constantFrom(
    'flip',
    'flip',
    'flip',
    'flip',
    'flip',
    'flip',
    'flip',
    'flip',
    'look',
    'slice',
    'flush',
    'evict',
    'endBlock',
  ),
  at: fc.nat(OUTPOINTS - 1),
  value: fc.nat(21_000_000_0000_0000),
})

/** Coins over a store behave as a plain map does, whatever is flushed or evicted in between. */
test('a cache over a store is a map of coins', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120, size: 'max' }), fc.integer(), (steps, salt) => {
      const store = new MemoryOrderedStore()
      const cache = new CoinCache(store, crypto, salt, {
        count: 0,
        sum: 0,
        digest: new CoinDigest(crypto).bytes(),
      })
      const model = new Map<number, { value: number; code: number }>()
      let from = 0
      const flushAll = () => {
        for (let next: number | undefined = 0; next !== undefined; ) {
          const slice: ReturnType<CoinCache['flushSlice']> = cache.flushSlice(next, 3)
          store.batch(slice.operations)
          next = slice.next
        }
        from = 0
      }
      for (const { kind, at, value } of steps) {
        const entry = cache.lookup(outpoint(at))
        expect(entry === NO_ENTRY).toBe(!model.has(at))
        if (kind === 'flip' && model.delete(at)) cache.spend(entry)
        else if (kind === 'flip') {
          model.set(at, { value, code: at * 2 + 1 })
          cache.add(outpoint(at), at * 2 + 1, value, script(at))
        } else if (kind === 'slice') {
          const slice = cache.flushSlice(from, 2)
          store.batch(slice.operations)
          from = slice.next ?? 0
        } else if (kind === 'flush') flushAll()
        else if (kind === 'evict') {
          flushAll()
          cache.evict()
        } else if (kind === 'endBlock') cache.endBlock()
      }
      for (let at = 0; at < OUTPOINTS; at++) {
        const coin = model.get(at)
        expect(cache.coin(outpoint(at))).toEqual(
          coin && { height: at, isCoinbase: true, value: coin.value, script: script(at) },
        )
      }
      const recounted = new CoinDigest(crypto)
      let count = 0
      for (const record of cache.records()) {
        recounted.add(record)
        count++
      }
      expect(count).toBe(model.size)
      expect(cache.count).toBe(model.size)
      expect(bytesToHex(cache.digest())).toBe(bytesToHex(recounted.bytes()))
      flushAll()
      const reread = new CoinCache(store, crypto, 0, { ...cache.totals(), digest: undefined })
      reread.check()
      expect(bytesToHex(reread.digest())).toBe(bytesToHex(recounted.bytes()))
    }),
    { numRuns: 200 },
  )
})

test('coins by the thousand: the table grows, room is used again', () => {
  const cache = new CoinCache(new MemoryOrderedStore(), crypto, 1)
  const key = (n: number) => {
    const bytes = new Uint8Array(36)
    new DataView(bytes.buffer).setUint32(n % 3 === 0 ? 4 : 32, n, true)
    return bytes
  }
  for (let round = 0; round < 5; round++) {
    for (let n = 1; n <= 20_000; n++) cache.add(key(n), 2, n, script(n % 3))
    const used = cache.bytesUsed
    for (let n = 1; n <= 20_000; n++) {
      expect(cache.value(cache.lookup(key(n)))).toBe(n)
      cache.spend(cache.lookup(key(n)))
    }
    cache.endBlock()
    expect(cache.count).toBe(0)
    if (round > 0) expect(used).toBeLessThan(4_000_000)
  }
})

test('the digest of no coins is zero, and of one coin is the hash of its record', () => {
  const cache = new CoinCache(new MemoryOrderedStore(), crypto, 0)
  expect(bytesToHex(cache.digest())).toBe('00'.repeat(32))
  cache.add(outpoint(7), 15, 5, Uint8Array.of(0x51))
  const record = `${bytesToHex(outpoint(7))}0f00000005000000000000000151`
  const expected = crypto.sha256(Uint8Array.from(Buffer.from(record, 'hex')))
  expect(bytesToHex(cache.digest())).toBe(bytesToHex(expected))
})

test('a store that lost a coin, or has an old one again, is not taken for that of its totals', () => {
  const store = new MemoryOrderedStore()
  const cache = new CoinCache(store, crypto, 0)
  for (let n = 1; n <= 3; n++) cache.add(outpoint(n), 2, n, script(1))
  store.batch(cache.flushSlice(0, 9).operations)
  const reread = () => new CoinCache(store, crypto, 0, cache.totals())
  reread().check()
  const [[key, tail] = expect.fail('no coin was stored')] = store.range(COIN_KEYS.start, COIN_KEYS.end)
  store.batch([{ delete: key }])
  expect(() => reread().check()).toThrow(StoreError)
  store.batch([{ put: Uint8Array.from(key, (byte, at) => (at === 1 ? byte ^ 0x80 : byte)), value: tail }])
  expect(() => reread().check()).toThrow('holds 3 coins that are not the 3 of its tip')
  store.batch([{ put: key, value: tail }])
  expect(() => reread().check()).toThrow('holds 4 coins that are not the 3 of its tip')
})
