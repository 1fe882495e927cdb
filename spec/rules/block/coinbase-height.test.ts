import { describe, expect, it } from 'vitest'
import { fromHex } from '../../encoding/index.ts'
import { height } from '../../vocabulary/index.ts'
import { block, coinbase, LIMITS, verdict } from '../testing.ts'
import { coinbaseHeight } from './coinbase-height.ts'

const check = (at: number, digits: string) => {
  const subject = block([coinbase({ scriptSig: fromHex(digits) })])
  return verdict(coinbaseHeight.check({ block: subject, height: height(at) }, LIMITS))
}

describe('coinbase height', () => {
  it.each([
    [0, '00'],
    [1, '51'],
    [15, '5f'],
    [16, '60'],
    [17, '0111'],
    [127, '017f'],
    [128, '028000'],
    [129, '028100'],
    [255, '02ff00'],
    [256, '020001'],
    [32767, '02ff7f'],
    [32768, '03008000'],
    [227931, '035b7a03'],
    [1_983_702, '03d6441e'],
    [8_388_607, '03ffff7f'],
    [8_388_608, '0400008000'],
    [2 ** 31 - 2, '04feffff7f'],
    [2 ** 31 - 1, '04ffffff7f'],
  ])('%i begins with %s', (at, digits) => {
    expect(check(at, `${digits}aabb`)).toBe('kept')
    expect(check(at, digits)).toBe('kept')
    expect(check(at + 1, digits)).toBe('broken')
    expect(check(at, `aa${digits}`)).toBe('broken')
  })
  it.each([
    [16, '0110', 'a number that has an opcode'],
    [17, '021100', 'a byte too many'],
    [128, '0180', 'a sign'],
    [256, '0200', 'a push cut short'],
  ])('%i does not begin with %s: %s', (at, digits) => expect(check(at, digits)).toBe('broken'))
})
