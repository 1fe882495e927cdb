import { secp256k1 } from '@noble/curves/secp256k1.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { publicKey, secretKey, signEcdsa, xOnlyKey } from '../testing.ts'
import { isCompressed, isCompressedOrUncompressed, liftX, parsePublicKey } from './public-key.ts'
import { verifyEcdsa, verifySchnorr } from './verify.ts'

const HASH = new Uint8Array(32).fill(7)
const uncompressed = secp256k1.getPublicKey(secretKey, false)
const parity = uncompressed[64]! & 1
const withPrefix = (prefix: number) => Uint8Array.of(prefix, ...uncompressed.subarray(1))

describe('ECDSA', () => {
  const signature = signEcdsa(HASH).slice(0, -1)
  const highS = signEcdsa(HASH, 1, { highS: true }).slice(0, -1)

  it.each([
    ['compressed', publicKey],
    ['uncompressed', uncompressed],
    ['hybrid', withPrefix(6 + parity)],
  ])('a %s key', (_, key) => {
    expect(verifyEcdsa(key, HASH, signature)).toBe(true)
    expect(verifyEcdsa(key, HASH, highS)).toBe(true)
    expect(verifyEcdsa(key, new Uint8Array(32), signature)).toBe(false)
  })

  it('uncompressed keys of either parity', () => {
    const { x, y } = secp256k1.Point.fromBytes(publicKey).negate().toAffine()
    const negated = secp256k1.Point.fromAffine({ x, y }).toBytes(false)
    expect([uncompressed, negated].map((key) => key[64]! & 1).sort()).toEqual([0, 1])
    for (const key of [uncompressed, negated]) expect(parsePublicKey(key)!.toBytes(false)).toEqual(key)
  })

  it.each([
    ['a hybrid of the other parity', withPrefix(7 - parity)],
    ['an unknown prefix', withPrefix(5)],
    ['no key', new Uint8Array()],
    ['a key with a byte too much', concatBytes(publicKey, Uint8Array.of(0))],
    [
      'a point that is not on the curve',
      Uint8Array.of(4, ...uncompressed.subarray(1, 64), uncompressed[64]! ^ 1),
    ],
    ['an x beyond the field', Uint8Array.of(2, ...new Uint8Array(32).fill(0xff))],
  ])('%s signs nothing', (_, key) => {
    expect(parsePublicKey(key)).toBeUndefined()
    expect(verifyEcdsa(key, HASH, signature)).toBe(false)
  })

  it('zero and numbers from the order on sign nothing', () => {
    const order = secp256k1.Point.Fn.toBytes(secp256k1.Point.Fn.ORDER - 1n)
    order[31]! += 1
    const ofNumbers = (r: Uint8Array, s: Uint8Array) =>
      concatBytes(Uint8Array.of(0x30, 4 + r.length + s.length, 2, r.length), r, Uint8Array.of(2, s.length), s)
    const one = Uint8Array.of(1)
    for (const wrong of [
      Uint8Array.of(0),
      concatBytes(Uint8Array.of(0), order),
      new Uint8Array(40).fill(1),
    ]) {
      expect(verifyEcdsa(publicKey, HASH, ofNumbers(wrong, one))).toBe(false)
      expect(verifyEcdsa(publicKey, HASH, ofNumbers(one, wrong))).toBe(false)
    }
    expect(verifyEcdsa(publicKey, HASH, Uint8Array.of(0x30))).toBe(false)
  })
})

describe('Schnorr', () => {
  it('keys and signatures of other lengths are false, not an exception', () => {
    expect(verifySchnorr(xOnlyKey.slice(1), HASH, new Uint8Array(64))).toBe(false)
    expect(verifySchnorr(xOnlyKey, HASH, new Uint8Array(63))).toBe(false)
    expect(verifySchnorr(new Uint8Array(32).fill(0xff), HASH, new Uint8Array(64))).toBe(false)
  })

  it('a lifted point has an even y', () => {
    expect(liftX(xOnlyKey)!.toAffine().y % 2n).toBe(0n)
    expect(liftX(new Uint8Array(32))).toBeUndefined()
  })
})

describe('encodings of keys', () => {
  const key = (prefix: number, bytes: number) => Uint8Array.of(prefix, ...new Uint8Array(bytes - 1))

  it('compressed are 02 and 03 with 33 bytes', () => {
    const prefixes = [0, 1, 2, 3, 4, 5, 6, 7].filter((prefix) => isCompressed(key(prefix, 33)))
    expect(prefixes).toEqual([2, 3])
    expect([32, 33, 34].map((bytes) => isCompressed(key(2, bytes)))).toEqual([false, true, false])
  })

  it('uncompressed are 04 with 65 bytes', () => {
    const allowed = (bytes: number) =>
      [0, 1, 2, 3, 4, 5, 6, 7].filter((prefix) => isCompressedOrUncompressed(key(prefix, bytes)))
    expect([33, 64, 65, 66].map(allowed)).toEqual([[2, 3], [], [4], []])
    expect(isCompressedOrUncompressed(new Uint8Array())).toBe(false)
  })
})
