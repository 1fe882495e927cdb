import { secp256k1 } from '@noble/curves/secp256k1.js'
import { describe, expect, it } from 'vitest'
import { fromHex } from '../../encoding/index.ts'
import { hasDefinedHashType, isLowS, isStrictDer, parseLaxDer } from './der.ts'

const ORDER = secp256k1.Point.Fn.ORDER

/** DER of two numbers given as the hex of their bytes, hash type ALL. */
function der(r: string, s: string): string {
  const integer = (bytes: string) => `02${byte(bytes.length / 2)}${bytes}`
  const body = integer(r) + integer(s)
  return `30${byte(body.length / 2)}${body}01`
}

function byte(value: number): string {
  return value.toString(16).padStart(2, '0')
}

function positive(value: bigint): string {
  const digits = value.toString(16)
  const even = digits.length % 2 === 0 ? digits : `0${digits}`
  return Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even
}

describe('strict DER', () => {
  it.each([
    ['the shortest', der('01', '01'), true],
    ['a zero', der('00', '01'), true],
    ['a zero before a high bit', der('0080', '00ff'), true],
    ['two numbers of 33 bytes', der(`00${'ff'.repeat(32)}`, `00${'ff'.repeat(32)}`), true],
    ['two numbers of 34 and 33 bytes', der(`0080${'ff'.repeat(32)}`, `00${'ff'.repeat(32)}`), false],
    ['an empty number', der('', '01'), false],
    ['a negative R', der('80', '01'), false],
    ['a negative S', der('01', '80'), false],
    ['a padded R', der('0001', '01'), false],
    ['a padded S', der('01', '0001'), false],
    ['another tag', der('01', '01').replace(/^30/, '31'), false],
    ['another tag of S', '300602010103010101', false],
    ['a length too long', '300702010102010101', false],
    ['a long form of length', '30810602010102010101', false],
    ['a byte that follows', `${der('01', '01')}01`, false],
    ['nothing', '', false],
    ['an S beyond the end', '300602200102010101', false],
  ])('%s', (_, signature, isStrict) => {
    expect(isStrictDer(fromHex(signature))).toBe(isStrict)
  })
})

describe('lenient DER', () => {
  const parse = (signature: string) => parseLaxDer(fromHex(signature))

  it.each([
    ['strict', '3006020101020102'],
    ['padded', '300a02030000010203000002'],
    ['with bytes that follow', '3006020101020102ffff'],
    ['with a wrong outer length', `30ff${'00'.repeat(127)}020101020102`],
    ['with long lengths', '30060282000101028300000102'],
  ])('%s', (_, signature) => {
    expect(parse(signature)).toEqual({ r: 1n, s: 2n })
  })

  it('a length may take two bytes', () => {
    expect(parse(`300602820101${'00'.repeat(256)}01020102`)).toEqual({ r: 1n, s: 2n })
    expect(parse(`300602820100${'00'.repeat(256)}01020102`)).toBeUndefined()
  })

  it('numbers are never negative', () => {
    expect(parse('3006020180020181')).toEqual({ r: 0x80n, s: 0x81n })
  })

  it.each([
    '',
    '30',
    '3006',
    '300603010102',
    '30060202',
    '3006020301',
    '30060201010201',
    '3006020101',
    '30ff02010102',
  ])('%s cannot be read', (signature) => {
    expect(parse(signature)).toBeUndefined()
  })

  it('zeros before a length of up to three bytes are skipped', () => {
    expect(parse(`3006${'028600000000'}${'000101'}020102`)).toEqual({ r: 1n, s: 2n })
    expect(parse(`3006${'0284'}${'01000000'}${'00'.repeat(8)}`)).toBeUndefined()
  })
})

describe('low S', () => {
  const lowAt = (s: bigint) => isLowS(fromHex(der('01', positive(s))))

  it('is up to half the order', () => {
    expect([ORDER / 2n - 1n, ORDER / 2n, ORDER / 2n + 1n].map(lowAt)).toEqual([true, true, false])
  })

  it('numbers out of range are read as zero, and zero is low', () => {
    expect([ORDER - 1n, ORDER, ORDER + 1n].map(lowAt)).toEqual([false, true, true])
    expect(isLowS(fromHex(der(positive(ORDER), positive(ORDER - 1n))))).toBe(true)
  })
})

describe('hash types', () => {
  it('are ALL, NONE, SINGLE, with or without ANYONECANPAY', () => {
    const defined = Array.from({ length: 256 }, (_, type) => type).filter((type) =>
      hasDefinedHashType(Uint8Array.of(type)),
    )
    expect(defined).toEqual([1, 2, 3, 0x81, 0x82, 0x83])
  })
})
