import { decodeAddress } from '../address-encoding/index.ts'
import type { AddressPrefixes } from '../chains/index.ts'
import { encodeNumber, encodePush } from '../script-engine/index.ts'
import { concatBytes, type Hasher, hexToBytes } from '../wire/index.ts'
import { descriptorChecksum } from './describe/descriptor-checksum.ts'

/** Why a descriptor cannot be used, in Core's words where there are some. */
export class DescriptorError extends Error {}

const DUP_HASH160 = Uint8Array.of(0x76, 0xa9)
const EQUALVERIFY_CHECKSIG = Uint8Array.of(0x88, 0xac)
const HASH160 = Uint8Array.of(0xa9)
const EQUAL = Uint8Array.of(0x87)
const CHECKSIG = Uint8Array.of(0xac)
const CHECKMULTISIG = Uint8Array.of(0xae)
const ZERO = Uint8Array.of(0)
const ONE = Uint8Array.of(0x51)

/**
 * The output script of a descriptor over public keys in hex, addresses and raw scripts: raw, addr, pk, pkh, wpkh, sh, wsh,
 * multi, sortedmulti, rawtr. Keys that are derived are not known here. Throws DescriptorError. [BIP380-386]
 */
export function scriptOfDescriptor(
  text: string,
  prefixes: AddressPrefixes,
  hasher: Hasher,
  needsChecksum = false,
): Uint8Array {
  const [body = '', checksum, ...rest] = text.split('#')
  if (rest.length > 0) throw new DescriptorError("Multiple '#' symbols")
  const expected = descriptorChecksum(body)
  if (expected === undefined) throw new DescriptorError('Invalid characters in payload')
  if (checksum === undefined && needsChecksum) throw new DescriptorError('Missing checksum')
  if (checksum !== undefined && checksum.length !== 8)
    throw new DescriptorError(`Expected 8 character checksum, not ${checksum.length} characters`)
  if (checksum !== undefined && checksum !== expected)
    throw new DescriptorError(
      `Provided checksum '${checksum}' does not match computed checksum '${expected}'`,
    )
  return scriptOf(body, prefixes, hasher)
}

function scriptOf(body: string, prefixes: AddressPrefixes, hasher: Hasher): Uint8Array {
  const [, name = '', inner = ''] = /^([a-z]+)\((.*)\)$/.exec(body) ?? []
  switch (name) {
    case 'raw':
      return hexOf(inner, 'Raw script is not hex')
    case 'addr': {
      const script = decodeAddress(inner, prefixes, hasher)
      if (!(script instanceof Uint8Array)) throw new DescriptorError('Address is not valid')
      return script
    }
    case 'pk':
      return concatBytes(encodePush(keyOf(inner)), CHECKSIG)
    case 'pkh':
      return concatBytes(DUP_HASH160, encodePush(hasher.hash160(keyOf(inner))), EQUALVERIFY_CHECKSIG)
    case 'wpkh':
      return concatBytes(ZERO, encodePush(hasher.hash160(keyOf(inner))))
    case 'sh':
      return concatBytes(HASH160, encodePush(hasher.hash160(scriptOf(inner, prefixes, hasher))), EQUAL)
    case 'wsh':
      return concatBytes(ZERO, encodePush(hasher.sha256(scriptOf(inner, prefixes, hasher))))
    case 'multi':
    case 'sortedmulti':
      return multisig(inner, name === 'sortedmulti')
    case 'rawtr':
      return concatBytes(ONE, encodePush(hexOf(inner, `key '${inner}' is not valid`)))
    default:
      throw new DescriptorError(`'${body}' is not a valid descriptor function`)
  }
}

function multisig(inner: string, isSorted: boolean): Uint8Array {
  const [threshold = '', ...texts] = inner.split(',')
  if (!/^\d+$/.test(threshold)) throw new DescriptorError(`Multi threshold '${threshold}' is not valid`)
  if (isSorted) texts.sort()
  const keys = texts.map((key) => encodePush(keyOf(key)))
  return concatBytes(smallNumber(Number(threshold)), ...keys, smallNumber(keys.length), CHECKMULTISIG)
}

function smallNumber(value: number): Uint8Array {
  return value >= 1 && value <= 16 ? Uint8Array.of(0x50 + value) : encodePush(encodeNumber(value))
}

function keyOf(text: string): Uint8Array {
  const key = hexToBytes(text)
  const size = key?.[0] === 4 ? 65 : 33
  if (key === undefined || key.length !== size || ![2, 3, 4].includes(key[0]!))
    throw new DescriptorError(`Pubkey '${text}' is invalid`)
  return key
}

function hexOf(text: string, refusal: string): Uint8Array {
  const bytes = hexToBytes(text)
  if (bytes === undefined) throw new DescriptorError(refusal)
  return bytes
}
