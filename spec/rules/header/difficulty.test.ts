import { describe, expect, it } from 'vitest'
import { type Chain, chainByName, chainFiles } from '../../chains/index.ts'
import { decodeCompact, encodeCompact } from '../../vocabulary/index.ts'
import { branch, header, LIMITS, verdict } from '../testing.ts'
import { difficulty } from './difficulty.ts'
import { requiredBits } from './required-bits.ts'

const limits = {
  ...LIMITS,
  retargetIntervalBlocks: 4,
  targetSpacingSeconds: 600,
  powLimit: (1n << 224n) - 1n,
}
const BITS = 0x1b0fff00
const EASIEST = encodeCompact(limits.powLimit)
const scaled = (numerator: bigint, denominator: bigint) =>
  encodeCompact((decodeCompact(BITS).target * numerator) / denominator)
/** Four blocks, the last `seconds` after the first: a whole period. */
const period = (seconds: number) => branch([1000, 1000, 1000, 1000 + seconds], { bits: BITS })
const after = (seconds: number, changes = {}) =>
  requiredBits(period(seconds), 9999, { ...limits, ...changes })

describe('difficulty', () => {
  it('stays within a period', () => {
    expect(requiredBits(branch([0, 600, 1200], { bits: BITS }), 1800, limits)).toBe(BITS)
  })
  it.each([
    ['three intervals, though a period has four', 1800, 1800n],
    ['one interval more', 2400, 2400n],
    ['below a quarter', 599, 600n],
    ['a quarter', 600, 600n],
    ['above a quarter', 601, 601n],
    ['backwards', -5000, 600n],
    ['below fourfold', 9599, 9599n],
    ['fourfold', 9600, 9600n],
    ['above fourfold', 9601, 9600n],
  ])('follows the time of a period: %s', (_, seconds, counted) =>
    expect(after(seconds)).toBe(scaled(counted, 2400n)),
  )
  it('never gets easier than the easiest', () => {
    expect(requiredBits(branch([0, 0, 0, 9600], { bits: EASIEST }), 9999, limits)).toBe(EASIEST)
  })
  it.each([
    [0x122fff, 0x122fff],
    [0x123000, 0x123000],
    [0x123001, 0x123000],
  ])('is cut to the easiest exactly: %i', (target, kept) => {
    const exact = { ...limits, powLimit: 0x123000n }
    const last = branch([0, 0, 0, 2400], { bits: 0x03000000 + target })
    expect(requiredBits(last, 9999, exact)).toBe(0x03000000 + kept)
  })
  it('is computed exactly, where 256 bits do not hold the product', () => {
    const powLimit = 0x7fffffn << 232n
    const last = branch([0, 0, 0, 1800], { bits: encodeCompact(powLimit) })
    expect(requiredBits(last, 9999, { ...limits, powLimit })).toBe(encodeCompact((powLimit * 3n) / 4n))
  })
  it('needs more than 256 bits on none of the chains that retarget, but for two', () => {
    const productOf = ({ limits }: Chain) =>
      limits.powLimit * BigInt(4 * limits.retargetIntervalBlocks * limits.targetSpacingSeconds)
    const chains = [...chainFiles.keys()].map((name) => chainByName(name)!)
    const wide = chains.filter((chain) => !chain.limits.noRetargeting && productOf(chain) >= 1n << 256n)
    expect(wide.map(({ name }) => name)).toEqual(['litecoin', 'tiny'])
  })
  it('does not move where a chain does not retarget', () =>
    expect(after(600, { noRetargeting: true })).toBe(BITS))
  it('starts from the first block of the period under BIP94', () => {
    const bip94 = { ...limits, enforceBip94: true }
    const last = { ...period(2400), header: header({ time: 3400, bits: EASIEST }) }
    expect(requiredBits(last, 9999, bip94)).toBe(BITS)
    expect(requiredBits(last, 9999, limits)).toBe(EASIEST)
  })
  it('counts an interval more where whole periods are measured, but for the first', () => {
    const whole = { ...limits, wholePeriodRetarget: true }
    const second = branch([0, 0, 0, 0, 700, 700, 700, 1300], { bits: BITS })
    expect(requiredBits(second, 9999, whole)).toBe(scaled(1300n, 2400n))
    expect(requiredBits(second, 9999, limits)).toBe(scaled(600n, 2400n))
    expect(after(1800, { wholePeriodRetarget: true })).toBe(scaled(1800n, 2400n))
  })
  it('is checked against the bits of the header', () => {
    const check = (bits: number) =>
      verdict(
        difficulty.check({ header: header({ bits }), parent: branch([0], { bits: BITS }), now: 0 }, limits),
      )
    expect([check(BITS - 1), check(BITS), check(BITS + 1)]).toEqual(['broken', 'kept', 'broken'])
  })
})

/** [Core src/test/pow_tests.cpp]: the last of them with a first block that took longer than it did. */
describe('the difficulty of the main chain', () => {
  it.each([
    [2016, 0x1d00ffff, 1_231_006_505, 1_233_061_996, 0x1d00ffff],
    [32_256, 0x1d00ffff, 1_261_130_161, 1_262_152_739, 0x1d00d86a],
    [68_544, 0x1c05a3f4, 1_279_008_237, 1_279_297_671, 0x1c0168fd],
    [46_368, 0x1c387f6f, 1_263_163_443, 1_269_211_443, 0x1d00e1fd],
  ])('at height %i', (at, bits, firstTime, lastTime, required) => {
    const first = branch([firstTime], { bits }, at - 2016)
    const last = { ...branch([lastTime], { bits }, at - 1), parent: first }
    expect(requiredBits(last, lastTime + 600, LIMITS)).toBe(required)
  })
})

describe('the exception for late blocks', () => {
  const testnet = { ...limits, allowMinDifficulty: true }
  const parent = branch([0, 600], { bits: BITS })
  it.each([
    [600 + 1199, BITS],
    [600 + 1200, BITS],
    [600 + 1201, EASIEST],
  ])('a block at %i', (time, bits) => expect(requiredBits(parent, time, testnet)).toBe(bits))
  it('is not passed on: the last regular bits count', () => {
    const late = { ...branch([0, 600, 5000]), header: header({ time: 5000, bits: EASIEST }), parent }
    expect(requiredBits(late, 5600, testnet)).toBe(BITS)
    expect(requiredBits(late, 5600, limits)).toBe(EASIEST)
  })
  it('looks back no further than the start of the period', () => {
    const regular = branch([0, 0, 0, 0], { bits: BITS })
    const first = { ...branch([0], { bits: EASIEST }, 4), parent: regular }
    const second = { ...branch([0], { bits: EASIEST }, 5), parent: first }
    expect([first, second].map((at) => requiredBits(at, 600, testnet))).toEqual([EASIEST, EASIEST])
    const third = { ...branch([0], { bits: EASIEST }, 3), parent: branch([0, 0, 0], { bits: BITS }) }
    expect(requiredBits({ ...second, parent: third }, 600, testnet)).toBe(BITS)
  })
  it('has the bits of the easiest target exactly', () => {
    const exact = { ...testnet, powLimit: 0x123000n }
    expect(requiredBits(parent, 600 + 1201, exact)).toBe(0x03123000)
    const late = { ...branch([0], { bits: 0x03123000 }, 2), parent }
    expect(requiredBits(late, 600, exact)).toBe(BITS)
  })
})
