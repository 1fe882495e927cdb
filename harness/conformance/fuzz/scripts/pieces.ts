import { secp256k1 } from '@noble/curves/secp256k1.js'
import { ripemd160, sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { createKeyRing, hash160, type Key, pushBytes, scriptNumber } from '../../../scenario/index.ts'
import { concatBytes, doubleSha256, littleEndian } from '../../../wire/index.ts'
import { KEY_NAMES, type KeyForm, type Piece } from './script-case.ts'

const CODESEPARATOR = 0xab

const ring = createKeyRing(KEY_NAMES)

/** The key pair of this name. */
export const keyOf = (name: string): Key => ring(name, 'key')

/** The bytes of a script. */
export function scriptOf(pieces: readonly Piece[]): Uint8Array {
  return concatBytes(...pieces.map(pieceBytes))
}

function pieceBytes(piece: Piece): Uint8Array {
  switch (piece.piece) {
    case 'op':
      return Uint8Array.of(piece.op)
    case 'number':
      return pushBytes(scriptNumber(BigInt(piece.value)))
    case 'key':
      return pushBytes(keyBytes(keyOf(piece.key), piece.form))
    case 'hash':
      return pushBytes(hashWith(piece.op, piece.bytes))
    case 'push': {
      const { bytes, form } = piece
      if (form === 0 || (form === 1 && bytes.length > 0xff)) return pushBytes(bytes)
      return concatBytes(
        Uint8Array.of({ 1: 0x4c, 2: 0x4d, 4: 0x4e }[form]),
        littleEndian(bytes.length, form),
        bytes,
      )
    }
  }
}

function hashWith(code: number, bytes: Uint8Array): Uint8Array {
  if (code === 0xa6) return ripemd160(bytes)
  if (code === 0xa7) return sha1(bytes)
  if (code === 0xa8) return sha256(bytes)
  return code === 0xa9 ? hash160(bytes) : doubleSha256(bytes)
}

/** A public key in one of its spellings, sound or not. */
export function keyBytes({ publicKey, secret, xOnly }: Key, form: KeyForm): Uint8Array {
  const whole = secp256k1.getPublicKey(secret, false)
  switch (form) {
    case 'compressed':
      return publicKey
    case 'uncompressed':
      return whole
    case 'hybrid':
    case 'hybrid-odd':
      return whole.with(0, 6 + ((whole[64]! & 1) ^ (form === 'hybrid' ? 0 : 1)))
    case 'x-only':
      return xOnly
    case 'off-curve':
      return whole.with(64, whole[64]! ^ 1)
    case 'short':
      return publicKey.slice(0, 20)
  }
}

/** What follows the separator of this number, counted from 1; all of it where there is none. */
export function afterSeparators(script: readonly Piece[], separators: number): readonly Piece[] {
  const at = script.flatMap((piece, position) => (isSeparator(piece) ? [position] : []))[separators - 1]
  return at === undefined ? script : script.slice(at + 1)
}

/** OP_CODESEPARATOR. */
export const isSeparator = (piece: Piece) => piece.piece === 'op' && piece.op === CODESEPARATOR
