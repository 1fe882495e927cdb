import { type ChecksumKind, createChecksum, locateErrors, residueOf } from './bech32-checksum.ts'

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const CHECKSUM_CHARACTERS = 6
const CHARACTERS_MAX = 90

/** A text of the form `prefix1data`, its checksum taken off; `data` are numbers below 32. */
interface Bech32 {
  readonly kind: ChecksumKind
  readonly prefix: string
  readonly data: Uint8Array
}

/** Why a text is none, in Core's words, and the places in it that are probably wrong, left to right. */
interface Bech32Error {
  readonly kind: 'invalid'
  readonly error: string
  readonly positions: readonly number[]
}

/** The text of numbers below 32, in lower case. [BIP173, BIP350] */
export function encodeBech32({ kind, prefix, data }: Bech32): string {
  let text = `${prefix}1`
  for (const value of data) text += ALPHABET[value]
  for (const value of createChecksum(kind, prefix, data)) text += ALPHABET[value]
  return text
}

/** Reads a text of either case whose checksum is that of BIP173 or that of BIP350. [Core bech32::Decode, LocateErrors] */
export function decodeBech32(text: string): Bech32 | Bech32Error {
  if (text.length > CHARACTERS_MAX)
    return invalid('Bech32 string too long', range(CHARACTERS_MAX, text.length))
  const unfit = unfitCharacters(text)
  if (unfit.length > 0) return invalid('Invalid character or mixed case', unfit)
  const separator = text.lastIndexOf('1')
  if (separator === -1) return invalid('Missing separator', [])
  if (separator === 0 || separator + CHECKSUM_CHARACTERS >= text.length)
    return invalid('Invalid separator position', [separator])
  const lower = text.toLowerCase()
  const prefix = lower.slice(0, separator)
  const values = new Uint8Array(text.length - separator - 1)
  for (let i = 0; i < values.length; i++) {
    const value = ALPHABET.indexOf(lower[separator + 1 + i]!)
    if (value === -1) return invalid('Invalid Base 32 character', [separator + 1 + i])
    values[i] = value
  }
  for (const kind of ['bech32', 'bech32m'] as const)
    if (residueOf(kind, prefix, values) === 0)
      return { kind, prefix, data: values.subarray(0, -CHECKSUM_CHARACTERS) }
  const { error, fromEnd } = locateErrors(prefix, values)
  return invalid(
    error,
    fromEnd.map((place) => text.length - 1 - place),
  )
}

function invalid(error: string, positions: readonly number[]): Bech32Error {
  return { kind: 'invalid', error, positions }
}

/** Characters that are not printable, and letters of another case than the first letter's. */
function unfitCharacters(text: string): number[] {
  const first = /[a-zA-Z]/.exec(text)?.[0]
  const isUpper = first !== undefined && first < 'a'
  const otherCase = isUpper ? /[a-z]/ : /[A-Z]/
  return range(0, text.length).filter((at) => otherCase.test(text[at]!) || !/[!-~]/.test(text[at]!))
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i)
}
