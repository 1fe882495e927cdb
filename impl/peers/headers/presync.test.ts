import { describe, expect, test } from 'vitest'
import { parseChainFile } from '../../chains/index.ts'
import { BlockNode } from '../../chainstate/index.ts'
import { quickChain } from '../../testing/chains.ts'
import { crypto } from '../../testing/spends.ts'
import { workOf } from '../../validation/index.ts'
import { type BlockHeader, ByteReader, encodeHeader, parseHeader } from '../../wire/index.ts'
import { HeadersPresync, type PresyncSetup } from './presync.ts'

const chain = parseChainFile(quickChain, crypto)
const start = new BlockNode(chain.genesis.header, undefined)
const BITS = start.bits

/** Headers that follow one another; their proof of work is not looked at here. */
function headers(count: number, salt = 0, bits = BITS): BlockHeader[] {
  const all: BlockHeader[] = []
  let previousHash = start.hash
  for (let i = 0; i < count; i++) {
    const raw = encodeHeader({
      version: 1,
      previousHash,
      merkleRoot: new Uint8Array(32).fill(salt),
      time: start.time + i,
      bits,
      nonce: i,
    })
    const header = parseHeader(new ByteReader(raw), crypto)
    all.push(header)
    previousHash = header.hash
  }
  return all
}

function presync(own: Partial<PresyncSetup> = {}): HeadersPresync {
  return new HeadersPresync({
    start,
    limits: chain.limits,
    hasher: crypto,
    workNeeded: start.chainWork + 5000n * workOf(BITS),
    now: start.time + 1_000_000,
    salt: new Uint8Array(16).fill(5),
    chance: 0.5,
    ...own,
  })
}

/** Feeds all headers in batches of 2,000, as a peer would send them. */
function feed(sync: HeadersPresync, all: readonly BlockHeader[]) {
  let released = 0
  for (let i = 0; i < all.length; i += 2000) {
    const step = sync.take(all.slice(i, i + 2000), i + 2000 < all.length)
    if (step.kind === 'failed') return step.reason
    released += step.released.length
    if (step.askFrom !== undefined && step.askFrom === start.hash) return { released, again: true }
  }
  return { released, again: false }
}

describe('presync of headers', () => {
  const honest = headers(5200)

  test('stores nothing in the first pass, everything in the second', () => {
    const sync = presync()
    expect(feed(sync, honest)).toEqual({ released: 0, again: true })
    expect(feed(sync, honest)).toEqual({ released: 5200, again: false })
    expect(sync.isDone).toBe(true)
  })

  test('needs the work to the last header', () => {
    expect(feed(presync(), headers(5000))).toEqual({ released: 0, again: true })
    expect(feed(presync(), headers(4999))).toEqual({ released: 0, again: false })
  })

  test('notices other headers in the second pass', () => {
    const sync = presync()
    feed(sync, honest)
    expect(feed(sync, headers(5200, 1))).toBe('not the headers that were shown first')
    expect(sync.isDone).toBe(false)
  })

  test('ends when the second pass is shorter', () => {
    const sync = presync()
    feed(sync, honest)
    expect(feed(sync, honest.slice(0, 3000))).toEqual({ released: 0, again: false })
    expect(sync.isDone).toBe(false)
  })

  test('holds back what too few headers follow', () => {
    const long = headers(18_000)
    const sync = presync({ workNeeded: start.chainWork + 18_000n * workOf(BITS) })
    expect(feed(sync, long)).toEqual({ released: 0, again: true })
    expect(feed(sync, long.slice(0, 15_218))).toEqual({ released: 0, again: false })
    const again = presync({ workNeeded: start.chainWork + 18_000n * workOf(BITS) })
    feed(again, long)
    expect(feed(again, long.slice(0, 15_220))).toEqual({ released: 2, again: false })
  })

  test('does not believe more headers than time allows', () => {
    const hurried = presync({ now: start.time - chain.limits.maxFutureSeconds + 100, workNeeded: 10n ** 9n })
    expect(feed(hurried, honest)).toBe('more headers than time allows')
  })

  test('does not believe bits that no retarget gives', () => {
    expect(feed(presync(), headers(10, 0, 0x1d00ffff))).toBe('impossible difficulty')
  })

  test('knows its next header from an announcement', () => {
    const sync = presync()
    expect(sync.continues(honest[0]!)).toBe(true)
    expect(sync.continues(honest[1]!)).toBe(false)
  })
})
