import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CRYPTO_BACKENDS, chooseCrypto } from './index.ts'
import { combine, loadAddon } from './native.ts'
import { ORDER, putScalar } from './scalars.ts'
import { firstWrongAnswer } from './self-test.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

/** Scalars and coordinates, often at the edges. */
const scalar = fc.oneof(
  fc.bigInt({ min: 1n, max: ORDER - 1n }),
  fc.constantFrom(1n, 2n, ORDER - 1n, ORDER - 2n),
)

describe.each(CRYPTO_BACKENDS)('backend %s', (name) => {
  const backend = chooseCrypto([name])

  it('passes the self-test and says what it is', () => {
    expect(firstWrongAnswer(backend.crypto)).toBeUndefined()
    expect(backend.describe()).toMatch(new RegExp(`^${name} \\(`))
  })

  it('accepts what noble signs, with either s, and nothing else', () => {
    fc.assert(
      fc.property(scalar, bytes(32), fc.nat({ max: 63 }), (secret, message, at) => {
        const key = new Uint8Array(32)
        putScalar(key, 0, secret)
        const signature = secp256k1.sign(message, key, { prehash: false, format: 'compact' })
        const publicKey = secp256k1.getPublicKey(key, false)
        expect(backend.crypto.verifyEcdsa(publicKey, signature, message)).toBe(true)
        const damaged = signature.slice()
        damaged[at]! ^= 1
        expect(backend.crypto.verifyEcdsa(publicKey, damaged, message)).toBe(false)
        const schnorrKey = schnorr.getPublicKey(key)
        const schnorrSignature = schnorr.sign(message, key)
        expect(backend.crypto.verifySchnorr(schnorrKey, schnorrSignature, message)).toBe(true)
        schnorrSignature[at]! ^= 1
        expect(backend.crypto.verifySchnorr(schnorrKey, schnorrSignature, message)).toBe(false)
      }),
      { numRuns: 20 },
    )
  })

  it('answers false or undefined to bytes of any length', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 70 }),
        fc.uint8Array({ maxLength: 70 }),
        bytes(32),
        (key, signature, message) => {
          expect(backend.crypto.verifyEcdsa(key, signature, message)).toBe(false)
          expect(backend.crypto.verifySchnorr(key, signature, message)).toBe(false)
          if (key.length !== 32) expect(backend.crypto.tweakPublicKey(key, message)).toBeUndefined()
        },
      ),
      { numRuns: 50 },
    )
  })

  it('verifies Schnorr messages that are not hashes', () => {
    const key = new Uint8Array(32).fill(7)
    const message = new Uint8Array(17).fill(1)
    const signature = schnorr.sign(message, key)
    expect(backend.crypto.verifySchnorr(schnorr.getPublicKey(key), signature, message)).toBe(true)
  })
})

describe('choosing', () => {
  it('prefers the native addon and needs at least one backend', () => {
    expect(chooseCrypto().name).toBe('native')
    expect(() => chooseCrypto([])).toThrow('no crypto backend can be used')
  })

  it('notices every backend that answers one question wrongly', () => {
    const { crypto } = chooseCrypto(['native'])
    expect(firstWrongAnswer({ ...crypto, verifyEcdsa: () => true })).toBe('hybrid key of the wrong parity')
    expect(firstWrongAnswer({ ...crypto, verifyEcdsa: () => false })).toBe('ECDSA with a compressed key')
    expect(firstWrongAnswer({ ...crypto, verifySchnorr: () => true })).toBe('Schnorr for another message')
    expect(firstWrongAnswer({ ...crypto, sha1: crypto.ripemd160 })).toBe('SHA-1')
    expect(firstWrongAnswer({ ...crypto, tweakPublicKey: () => undefined })).toBe('tweak of zero')
  })
})

describe('s·G − e·P by recovery', () => {
  const addon = loadAddon()
  const expected = (x: bigint, s: bigint, e: bigint): string =>
    secp256k1.Point.BASE.multiplyUnsafe(s).subtract(schnorr.utils.lift_x(x).multiplyUnsafe(e)).toHex(true)

  it('is what noble computes', () => {
    fc.assert(
      fc.property(scalar, scalar, scalar, (secret, s, e) => {
        const x = secp256k1.Point.BASE.multiply(secret).x
        const bytesOfX = new Uint8Array(32)
        putScalar(bytesOfX, 0, x)
        let point: string
        try {
          point = expected(x, s, e)
        } catch {
          return
        }
        expect(Buffer.from(combine(addon, bytesOfX, s, e)).toString('hex')).toBe(point)
      }),
      { numRuns: 50 },
    )
  })

  it('holds for an x that is not below the order, and for s = 0', () => {
    const x = ORDER + 2n
    const bytesOfX = new Uint8Array(32)
    putScalar(bytesOfX, 0, x)
    for (const s of [0n, 1n, ORDER - 1n])
      expect(Buffer.from(combine(addon, bytesOfX, s, 5n)).toString('hex')).toBe(expected(x, s, 5n))
  })
})
