import { describe, expect, it } from 'vitest'
import { RecentSet } from '../../collections/index.ts'
import { crypto } from '../../testing/script-engine.ts'
import { ScriptCache } from './script-cache.ts'
import { PendingSignatures, SignatureCache, signatureEntry } from './signature-cache.ts'

describe('recent keys', () => {
  it('keep at most so many, and forget the oldest first', () => {
    const keys = new RecentSet(2)
    for (const key of ['a', 'b', 'a', 'c']) keys.add(key)
    expect(['a', 'b', 'c'].map((key) => keys.has(key))).toEqual([false, true, true])
    const none = new RecentSet(0)
    none.add('a')
    expect(none.has('a')).toBe(false)
  })
})

describe('script cache', () => {
  it('believes nothing learnt under other flags or another context', () => {
    const cache = new ScriptCache(10)
    const wtxid = new Uint8Array(32).fill(3)
    cache.add(wtxid, 5, 'main')
    expect(cache.has(wtxid, 5, 'main')).toBe(true)
    expect(cache.has(wtxid, 4, 'main')).toBe(false)
    expect(cache.has(wtxid, 5, 'test')).toBe(false)
    expect(cache.has(new Uint8Array(32), 5, 'main')).toBe(false)
  })
})

describe('signature cache', () => {
  const part = (byte: number, length: number) => new Uint8Array(length).fill(byte)

  it('distinguishes entries by kind, message, key and signature', () => {
    const entry = (kind: 'ecdsa' | 'schnorr', message: number, key: number, signature: number) =>
      signatureEntry(kind, part(message, 32), part(key, 32), part(signature, 64), crypto)
    const entries = [
      entry('ecdsa', 1, 1, 1),
      entry('schnorr', 1, 1, 1),
      entry('ecdsa', 2, 1, 1),
      entry('ecdsa', 1, 2, 1),
      entry('ecdsa', 1, 1, 2),
    ]
    expect(new Set(entries).size).toBe(5)
    expect(entry('ecdsa', 1, 1, 1)).toBe(entries[0])
  })

  it('learns from a pending memory only when that commits', () => {
    const cache = new SignatureCache(10)
    const pending = new PendingSignatures(cache)
    pending.add('x')
    expect(cache.has('x')).toBe(false)
    pending.commit()
    expect(cache.has('x')).toBe(true)
    expect(new PendingSignatures(cache).has('x')).toBe(true)
  })
})
