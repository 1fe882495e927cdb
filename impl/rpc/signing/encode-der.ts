import { concatBytes } from '../../wire/index.ts'

/** r and s, 32 bytes each, as DER. [BIP66] */
export function encodeDer(compact: Uint8Array): Uint8Array {
  const body = concatBytes(encodeInteger(compact.subarray(0, 32)), encodeInteger(compact.subarray(32)))
  return concatBytes(Uint8Array.of(0x30, body.length), body)
}

function encodeInteger(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first < 0 ? Uint8Array.of(0) : bytes.subarray(first)
  const sign = digits[0]! >= 0x80 ? Uint8Array.of(0) : new Uint8Array(0)
  return concatBytes(Uint8Array.of(2, sign.length + digits.length), sign, digits)
}
