import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RecentFingerprints } from './recent-fingerprints.ts'

/** A key with these 64 bits, as `hashKey` makes it. */
const keyOf = (low: number, high: number) =>
  String.fromCharCode(low & 0xffff, low >>> 16, high & 0xffff, high >>> 16).padEnd(16, 'x')

describe('recent fingerprints', () => {
  test('know the last keys, and no others than the last two lots of them', () => {
    const word = fc.oneof(fc.constantFrom(0, 1, 2, 64, 128, 0xffffffff), fc.nat(0xffffffff))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, word), { maxLength: 400 }),
        fc.integer({ min: 1, max: 60 }),
        (pairs, max) => {
          const recent = new RecentFingerprints(max)
          const added: string[] = []
          for (const [low, high] of pairs) {
            const key = keyOf(low === 0 && high === 0 ? 1 : low, high)
            recent.add(key)
            added.push(key)
            const distinct = [...new Set(added.toReversed())]
            for (const last of distinct.slice(0, 1)) expect(recent.has(last)).toBe(true)
          }
          const once = [...new Set(added)]
          if (once.length === added.length) {
            for (const key of added.slice(-max)) expect(recent.has(key)).toBe(true)
            for (const key of added.slice(0, -2 * max)) expect(recent.has(key)).toBe(false)
          }
        },
      ),
    )
  })

  test('of 200,000 different hashes mistake none, and forget the oldest', () => {
    const recent = new RecentFingerprints(50_000)
    const key = (i: number) => keyOf(Math.imul(i, 0x9e3779b1) >>> 0, Math.imul(i, 0x85ebca6b) >>> 0)
    let mistakes = 0
    for (let i = 1; i <= 200_000; i++) {
      if (recent.has(key(i))) mistakes++
      recent.add(key(i))
    }
    const known = (from: number) =>
      Array.from({ length: 50_000 }, (_, i) => key(from + i)).filter((each) => recent.has(each))
    expect([mistakes, known(1).length, known(50_001).length, known(150_001).length]).toEqual([
      0, 0, 0, 50_000,
    ])
  })

  test('distinguish hashes whose 64 bits begin alike', () => {
    const recent = new RecentFingerprints(10)
    recent.add(keyOf(0, 0))
    expect(recent.has(keyOf(0, 0))).toBe(true)
    for (const other of [keyOf(0, 1), keyOf(2, 0), keyOf(0, 0x10000), keyOf(0x10000, 0)])
      expect(recent.has(other)).toBe(false)
  })
})
