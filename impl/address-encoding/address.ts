import type { AddressPrefixes } from '../chains/index.ts'
import { witnessVersion } from '../script-engine/index.ts'
import { concatBytes, type Hasher } from '../wire/index.ts'
import { decodeBase58, decodeBase58Check, encodeBase58Check } from './base58.ts'
import { type AddressError, decodeWitnessAddress, encodeWitnessAddress } from './witness-address.ts'

export type { AddressError } from './witness-address.ts'

const HASH_BYTES = 20
/** The longest text that is looked at closely enough to say what is wrong with it. */
const BASE58_BYTES_MAX = 100

/** What stands round a hash in an output script. */
interface HashForm {
  readonly head: Uint8Array
  readonly tail: Uint8Array
}

/** DUP HASH160 <hash> EQUALVERIFY CHECKSIG */
const PUBLIC_KEY_HASH: HashForm = {
  head: Uint8Array.of(0x76, 0xa9, HASH_BYTES),
  tail: Uint8Array.of(0x88, 0xac),
}
/** HASH160 <hash> EQUAL. [BIP16] */
const SCRIPT_HASH: HashForm = { head: Uint8Array.of(0xa9, HASH_BYTES), tail: Uint8Array.of(0x87) }

/**
 * The output script that an address of this chain stands for, or what is wrong with it. Base 58 for hashes of keys and
 * scripts, Bech32 and Bech32m for witness programs. [BIP13, BIP173, BIP350; Core DecodeDestination]
 */
export function decodeAddress(
  text: string,
  prefixes: AddressPrefixes,
  hasher: Hasher,
): Uint8Array | AddressError {
  const { bech32 } = prefixes
  if (text.slice(0, bech32.length).toLowerCase() === bech32) return decodeWitnessAddress(text, bech32)
  const payload = decodeBase58Check(text, HASH_BYTES + 1, hasher)
  if (payload !== undefined) return scriptOf(payload, prefixes)
  return refuse(
    decodeBase58(text, BASE58_BYTES_MAX) === undefined
      ? 'Invalid or unsupported Segwit (Bech32) or Base58 encoding.'
      : 'Invalid checksum or length of Base58 address (P2PKH or P2SH)',
  )
}

function scriptOf(payload: Uint8Array, { p2pkh, p2sh }: AddressPrefixes): Uint8Array | AddressError {
  const version = payload[0]
  if (version !== p2pkh && version !== p2sh) return refuse('Invalid or unsupported Base58-encoded address.')
  const hash = payload.subarray(1)
  if (hash.length !== HASH_BYTES) return refuse('Invalid length for Base58 address (P2PKH or P2SH)')
  const { head, tail } = version === p2pkh ? PUBLIC_KEY_HASH : SCRIPT_HASH
  return concatBytes(head, hash, tail)
}

function refuse(error: string): AddressError {
  return { error, positions: [] }
}

/** The address of an output script on this chain; undefined for scripts that have none, bare keys among them. [Core EncodeDestination] */
export function encodeAddress(
  script: Uint8Array,
  { p2pkh, p2sh, bech32 }: AddressPrefixes,
  hasher: Hasher,
): string | undefined {
  const keyHash = hashIn(script, PUBLIC_KEY_HASH)
  if (keyHash !== undefined) return encodeHash(p2pkh, keyHash, hasher)
  const scriptHash = hashIn(script, SCRIPT_HASH)
  if (scriptHash !== undefined) return encodeHash(p2sh, scriptHash, hasher)
  const version = witnessVersion(script)
  const program = script.subarray(2)
  if (version < 0 || (version === 0 && program.length !== 20 && program.length !== 32)) return undefined
  return encodeWitnessAddress(version, program, bech32)
}

function encodeHash(version: number, hash: Uint8Array, hasher: Hasher): string {
  return encodeBase58Check(concatBytes(Uint8Array.of(version), hash), hasher)
}

/** The hash of a script of this form, byte for byte. */
function hashIn(script: Uint8Array, { head, tail }: HashForm): Uint8Array | undefined {
  const end = head.length + HASH_BYTES
  const isOfForm =
    script.length === end + tail.length &&
    head.every((byte, at) => script[at] === byte) &&
    tail.every((byte, at) => script[end + at] === byte)
  return isOfForm ? script.subarray(head.length, end) : undefined
}
