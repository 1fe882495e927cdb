import { describe, expect, test } from 'vitest'
import { builtInChain } from '../chains/index.ts'
import { testChain } from '../testing/chains.ts'
import { crypto } from '../testing/test-chain.ts'
import { hashFromHex } from '../wire/index.ts'
import { type ChainLink, decodeTarget, encodeTarget, meetsTarget, nextBits, workOf } from './proof-of-work.ts'

describe('compact targets', () => {
  test.each([
    [0x00000000, undefined],
    [0x01003456, undefined],
    [0x02000056, undefined],
    [0x01123456, 0x12n],
    [0x02123456, 0x1234n],
    [0x03123456, 0x123456n],
    [0x04123456, 0x12345600n],
    [0x04923456, undefined],
    [0x01fedcba, undefined],
    [0x05009234, 0x92340000n],
    [0x1d00ffff, 0xffffn << 208n],
    [0x20123456, 0x123456n << 232n],
    [0x21123456, undefined],
    [0x2100ffff, 0xffffn << 240n],
    [0x2200ffff, undefined],
    [0x220000ff, 0xffn << 248n],
    [0x230000ff, undefined],
    [0xff123456, undefined],
  ])('%s', (bits, target) => {
    expect(decodeTarget(bits)).toBe(target)
  })

  test('are written with three bytes, the sign bit clear', () => {
    for (const bits of [0x1d00ffff, 0x1b0404cb, 0x207fffff, 0x1e0377ae, 0x03123456])
      expect(encodeTarget(decodeTarget(bits)!)).toBe(bits)
    expect(encodeTarget(0x80n)).toBe(0x02008000)
    expect(encodeTarget(0x12n)).toBe(0x01120000)
    expect(encodeTarget((1n << 224n) - 1n)).toBe(0x1d00ffff)
  })
})

describe('proof of work', () => {
  const target = 0xffffn << 208n
  const hash = (value: bigint) => hashFromHex(value.toString(16).padStart(64, '0'))!

  test('a hash may equal the target and not exceed it', () => {
    for (const [value, ok] of [
      [target - 1n, true],
      [target, true],
      [target + 1n, false],
    ] as const)
      expect(meetsTarget(hash(value), 0x1d00ffff, (1n << 224n) - 1n)).toBe(ok)
  })

  test('the target must lie within the limit of the chain', () => {
    expect(meetsTarget(hash(0n), 0x1d00ffff, target - 1n)).toBe(false)
    expect(meetsTarget(hash(0n), 0x1d00ffff, target)).toBe(true)
    for (const bits of [0, 0x1d80ffff, 0xff123456]) expect(meetsTarget(hash(0n), bits, target)).toBe(false)
  })

  test('work is the expected number of hashes', () => {
    expect(workOf(0x1d00ffff)).toBe(0x100010001n)
    expect(workOf(0x207fffff)).toBe(2n)
    expect(workOf(0)).toBe(0n)
  })
})

class Link implements ChainLink {
  readonly version = 1
  readonly previous: ChainLink | undefined
  readonly time: number
  readonly bits: number
  readonly height: number
  constructor(previous: Link | undefined, time: number, bits: number) {
    this.previous = previous
    this.time = time
    this.bits = bits
    this.height = previous === undefined ? 0 : previous.height + 1
  }
  ancestor(height: number): ChainLink {
    let link: ChainLink = this
    while (link.height > height) link = link.previous!
    return link
  }
}

/** A chain of `count` blocks, `spacing` seconds apart. */
function run(count: number, spacing: number, bits: number, start?: Link): Link {
  let link = start ?? new Link(undefined, 1_000_000, bits)
  for (let i = start === undefined ? 1 : 0; i < count; i++) link = new Link(link, link.time + spacing, bits)
  return link
}

describe('the next bits', () => {
  const { limits } = builtInChain('bitcoin', crypto)!
  const period = limits.retargetInterval

  test('stay as they are within a period', () => {
    expect(nextBits(run(period - 1, 1, 0x1c00ffff), 0, limits)).toBe(0x1c00ffff)
  })

  test('measure one interval less than the period has', () => {
    expect(nextBits(run(period, 600, 0x1c00ffff), 0, limits)).toBe(0x1c00ffde)
  })

  test('measure whole periods on Litecoin, but for the first, which has no block before it', () => {
    const litecoin = { ...limits, measuresWholePeriods: true }
    expect(nextBits(run(period, 600, 0x1c00ffff), 0, litecoin)).toBe(0x1c00ffde)
    expect(nextBits(run(2 * period, 600, 0x1c00ffff), 0, limits)).toBe(0x1c00ffde)
    expect(nextBits(run(2 * period, 600, 0x1c00ffff), 0, litecoin)).toBe(0x1c00ffff)
  })

  test('change at most fourfold either way, and never beyond the limit', () => {
    expect(nextBits(run(period, 1, 0x1c00ffff), 0, limits)).toBe(0x1b3fffc0)
    expect(nextBits(run(period, 60_000, 0x1c00ffff), 0, limits)).toBe(0x1c03fffc)
    expect(nextBits(run(period, 60_000, 0x1d00ffff), 0, limits)).toBe(0x1d00ffff)
    expect(nextBits(run(period, -1, 0x1c00ffff), 0, limits)).toBe(0x1b3fffc0)
  })

  test('on testnets are the lowest after twenty minutes, and come back', () => {
    const easy = { ...limits, allowMinDifficulty: true }
    const tip = run(10, 600, 0x1c00ffff)
    expect(nextBits(tip, tip.time + 1200, easy)).toBe(0x1c00ffff)
    expect(nextBits(tip, tip.time + 1201, easy)).toBe(0x1d00ffff)
    const after = new Link(new Link(tip, tip.time + 1201, 0x1d00ffff), tip.time + 3000, 0x1d00ffff)
    expect(nextBits(after, after.time + 1, easy)).toBe(0x1c00ffff)
    expect(nextBits(after, after.time + 1, limits)).toBe(0x1d00ffff)
  })

  test('with BIP94 start from the first block of the period', () => {
    const bip94 = { ...limits, allowMinDifficulty: true, enforceBip94: true }
    const hard = run(period - 1, 600, 0x1c00ffff)
    const tip = new Link(hard, hard.time + 600, 0x1d00ffff)
    expect(nextBits(tip, 0, bip94)).toBe(0x1c00ffde)
    expect(nextBits(tip, 0, { ...bip94, enforceBip94: false })).toBe(0x1d00ffde)
  })

  test('never change where retargeting is off', () => {
    const { limits: still } = testChain(crypto)
    expect(nextBits(run(still.retargetInterval, 1, 0x207fffff), 0, still)).toBe(0x207fffff)
  })
})
