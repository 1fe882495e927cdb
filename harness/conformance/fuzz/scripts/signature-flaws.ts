import { secp256k1 } from '@noble/curves/secp256k1.js'
import { concatBytes } from '../../../wire/index.ts'
import type { SignatureFlaw } from './script-case.ts'

/** A signature with its hash type, and one thing wrong with it. */
export function flawed(signature: Uint8Array, flaw: SignatureFlaw, isSchnorr: boolean): Uint8Array {
  switch (flaw) {
    case 'none':
      return signature
    case 'empty':
      return new Uint8Array()
    case 'no-hash-type':
      return signature.slice(0, -1)
    case 'long':
      return concatBytes(signature, Uint8Array.of(1))
    case 'flipped':
    case 'other-message':
      return signature.with(flaw === 'flipped' ? 40 : 20, signature[flaw === 'flipped' ? 40 : 20]! ^ 1)
    default:
      return isSchnorr ? badSchnorr(signature, flaw) : badDer(signature, flaw)
  }
}

type Encoded = 'high-s' | 'padded' | 'zero-r' | 'huge-r'

function badSchnorr(signature: Uint8Array, flaw: Encoded): Uint8Array {
  const byte = flaw === 'zero-r' ? 0 : 0xff
  const copy = Uint8Array.from(signature)
  return flaw === 'high-s' ? copy.fill(byte, 32, 64) : copy.fill(byte, 0, 32)
}

/** Of the numbers as OpenSSL once took them, or larger than they may be. [BIP66] */
function badDer(signature: Uint8Array, flaw: Encoded): Uint8Array {
  const hashType = signature.slice(-1)
  const { r, s } = secp256k1.Signature.fromBytes(signature.slice(0, -1), 'der')
  const { ORDER } = secp256k1.Point.Fn
  const number = {
    'high-s': [integer(r), integer(ORDER - s)],
    padded: [concatBytes(Uint8Array.of(0), integer(r)), integer(s)],
    'zero-r': [Uint8Array.of(0), integer(s)],
    'huge-r': [integer(2n ** 256n - 1n), integer(s)],
  }[flaw]
  const body = concatBytes(...number.map((bytes) => concatBytes(Uint8Array.of(2, bytes.length), bytes)))
  return concatBytes(Uint8Array.of(0x30, body.length), body, hashType)
}

/** Big-endian, a zero byte before a first byte of 0x80 and more. */
function integer(value: bigint): Uint8Array {
  const hex = value.toString(16)
  const bytes = Uint8Array.from(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'))
  return bytes[0]! >= 0x80 ? concatBytes(Uint8Array.of(0), bytes) : bytes
}
