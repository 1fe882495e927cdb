import { describe, expect, it } from 'vitest'
import { hex } from '../testing/script-engine.ts'
import { isLowS, isStrictDer, parseLaxDer } from './der.ts'

const R = '11'.repeat(32)
const S = '22'.repeat(32)
const STRICT = `30440220${R}0220${S}`
const ORDER = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'
const HALF = '7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0'

const strict = (encoded: string) => isStrictDer(hex(`${encoded}01`))
const lax = (encoded: string) => {
  const signature = parseLaxDer(hex(encoded))
  return signature && Buffer.from(signature).toString('hex')
}

describe('strict DER', () => {
  it('is one form only', () => {
    expect(strict(STRICT)).toBe(true)
    expect(strict('3006020101020101')).toBe(true)
    expect(strict('3006020100020100')).toBe(true)
    const wrong = {
      'outer tag': STRICT.replace(/^30/, '31'),
      'outer length': STRICT.replace(/^3044/, '3045'),
      'tag of r': STRICT.replace('440220', '440320'),
      'tag of s': STRICT.replace(`${R}02`, `${R}03`),
      'negative r': `30440220ff${R.slice(2)}0220${S}`,
      'negative s': `30440220${R}0220ff${S.slice(2)}`,
      'padded r': `3045022100${R}0220${S}`,
      'padded s': `30450220${R}022100${S}`,
      'no r': '3004020002010101',
      'no s': '30050201010200',
      'r that reaches beyond the end': '3006022001020101',
      'bytes behind s': `30450220${R}0220${S}00`,
      'too short': '30050201010201',
    }
    for (const [what, encoded] of Object.entries(wrong)) expect(strict(encoded), what).toBe(false)
    expect(isStrictDer(new Uint8Array(0))).toBe(false)
  })

  it('needs a zero byte before a high bit, and has at most 73 bytes', () => {
    const high = 'ff'.repeat(32)
    expect(strict(`3046022100${high}022100${high}`)).toBe(true)
    expect(strict(`3047022200${high}00022100${high}`)).toBe(false)
  })
})

describe('lax DER', () => {
  it('reads what is strict', () => {
    expect(lax(STRICT)).toBe(R + S)
    expect(lax('3006020101020102')).toBe(`${'00'.repeat(31)}01${'00'.repeat(31)}02`)
  })

  it('reads padding, long lengths, negative numbers, a wrong outer length and what follows', () => {
    const padded = `02220000${R}0220${S}`
    const longLengths = `028120${R}02820020${S}`
    const longerLength = `02850000000020${R}0220${S}`
    const negative = `0220ff${R.slice(2)}0220${S}`
    expect(lax(`3046${padded}`)).toBe(R + S)
    expect(lax(`3047${longLengths}`)).toBe(R + S)
    expect(lax(`304b${longerLength}`)).toBe(R + S)
    expect(lax(`3044${negative}`)).toBe(`ff${R.slice(2)}${S}`)
    expect(lax(`3044${negative}deadbeef`)).toBe(`ff${R.slice(2)}${S}`)
    expect(lax(`30000220${R}0220${S}`)).toBe(R + S)
    expect(lax(`3082ffff0220${R}0220${S}`)).toBe(R + S)
    expect(lax('3004020002010101')).toBe(`${'00'.repeat(63)}01`)
  })

  it('refuses what lacks a tag or bytes', () => {
    const wrong = [
      '',
      '30',
      '3000',
      '31060201010201',
      '30060301010201',
      '300602010103',
      '3006022001',
      '30060201010220aa',
    ]
    for (const encoded of wrong) expect(lax(encoded), encoded).toBeUndefined()
    expect(lax(`30440284010000${R}0220${S}`)).toBeUndefined()
    expect(lax(`30440285000100${R}0220${S}`)).toBeUndefined()
    expect(lax('30850220')).toBeUndefined()
  })

  it('makes a signature that nothing fits of a number that is no scalar', () => {
    const nothing = '00'.repeat(64)
    expect(lax(`3045022100${ORDER}0220${S}`)).toBe(nothing)
    expect(lax(`30450220${R}022100${ORDER}`)).toBe(nothing)
    expect(lax(`3045022101${R}0220${S}`)).toBe(nothing)
    const below = `${ORDER.slice(0, 63)}0`
    expect(lax(`3045022100${below}0220${S}`)).toBe(below + S)
  })

  it('distinguishes a low s from a high one', () => {
    const isLow = (s: string) => isLowS(hex(R + s))
    expect(isLow(`${HALF.slice(0, 63)}${'0'}`)).toBe(true)
    expect(isLow(HALF)).toBe(true)
    expect(isLow(`${HALF.slice(0, 62)}a1`)).toBe(false)
  })
})
