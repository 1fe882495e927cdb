import { secp256k1 } from '@noble/curves/secp256k1.js'

const ORDER = secp256k1.Point.Fn.ORDER
const SEQUENCE = 0x30
const INTEGER = 0x02

/** The two numbers of an ECDSA signature, each from 0 on. */
export interface EcdsaNumbers {
  readonly r: bigint
  readonly s: bigint
}

/** Whether a signature, hash type byte included, is DER without any freedom. [BIP66 §DER encoding reference] */
export function isStrictDer(signature: Uint8Array): boolean {
  if (signature.length < 9 || signature.length > 73) return false
  if (signature[0] !== SEQUENCE || signature[1] !== signature.length - 3) return false
  const lengthR = signature[3]!
  const offsetS = 4 + lengthR
  if (offsetS + 1 >= signature.length) return false
  const lengthS = signature[offsetS + 1]!
  if (offsetS + 2 + lengthS + 1 !== signature.length) return false
  return isInteger(signature.subarray(2, offsetS)) && isInteger(signature.subarray(offsetS, -1))

  function isInteger(element: Uint8Array): boolean {
    const [tag, length, first, second] = element
    if (tag !== INTEGER || length === 0 || first === undefined || first & 0x80) return false
    return !(length! > 1 && first === 0 && !(second! & 0x80))
  }
}

/** Whether S is at most half the curve's order, read as leniently as a verifier reads it: numbers out of range count as zero. [BIP62 rule 5] */
export function isLowS(signature: Uint8Array): boolean {
  const numbers = parseLaxDer(signature.subarray(0, -1))
  return numbers === undefined || !isInRange(numbers) || numbers.s <= ORDER / 2n
}

/** Whether both numbers are below the curve's order. */
export function isInRange({ r, s }: EcdsaNumbers): boolean {
  return r < ORDER && s < ORDER
}

/** Whether the last byte is ALL, NONE or SINGLE, with or without ANYONECANPAY. [Core IsDefinedHashtypeSignature] */
export function hasDefinedHashType(signature: Uint8Array): boolean {
  const outputs = signature.at(-1)! & ~0x80
  return outputs >= 1 && outputs <= 3
}

/**
 * Reads a signature without hash type as the chain's oldest blocks need it: lengths may be written long, the outer
 * one is ignored, integers may be padded or look negative, bytes may follow. [Core ecdsa_signature_parse_der_lax]
 */
export function parseLaxDer(signature: Uint8Array): EcdsaNumbers | undefined {
  let offset = 0
  if (signature[offset++] !== SEQUENCE || !skipOuterLength()) return undefined
  const r = readInteger()
  if (r === undefined) return undefined
  const s = readInteger()
  return s === undefined ? undefined : { r, s }

  function skipOuterLength(): boolean {
    const first = signature[offset++]
    if (first === undefined) return false
    if (first & 0x80) offset += first - 0x80
    return offset <= signature.length
  }

  function readInteger(): bigint | undefined {
    if (signature[offset++] !== INTEGER) return undefined
    const length = readLength()
    if (length === undefined || length > signature.length - offset) return undefined
    const bytes = signature.subarray(offset, offset + length)
    offset += length
    return bytes.reduce((value, byte) => value * 0x100n + BigInt(byte), 0n)
  }

  function readLength(): number | undefined {
    const first = signature[offset++]
    if (first === undefined || !(first & 0x80)) return first
    const end = offset + first - 0x80
    if (end > signature.length) return undefined
    while (offset < end && signature[offset] === 0) offset++
    if (end - offset >= 4) return undefined
    const length = signature.subarray(offset, end).reduce((value, byte) => value * 0x100 + byte, 0)
    offset = end
    return length
  }
}
