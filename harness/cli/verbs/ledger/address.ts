import type { ChainFile } from '../../../ports/index.ts'
import { doubleSha256 } from '../../../wire/index.ts'

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const BECH32M_CONSTANT = 0x2bc830a3

/** The output script that an address of this chain stands for; undefined when it is none. [BIP13, BIP173, BIP350] */
export function scriptOfAddress(address: string, { addresses }: ChainFile): Uint8Array | undefined {
  return segwitScript(address, addresses.bech32) ?? base58Script(address, addresses)
}

function base58Script(address: string, { p2pkh, p2sh }: ChainFile['addresses']): Uint8Array | undefined {
  const bytes = base58Bytes(address)
  if (bytes === undefined || bytes.length !== 25) return undefined
  if (!Buffer.from(doubleSha256(bytes.subarray(0, 21)).subarray(0, 4)).equals(bytes.subarray(21)))
    return undefined
  const hash = bytes.subarray(1, 21)
  if (bytes[0] === p2pkh) return Uint8Array.of(0x76, 0xa9, 20, ...hash, 0x88, 0xac)
  return bytes[0] === p2sh ? Uint8Array.of(0xa9, 20, ...hash, 0x87) : undefined
}

function base58Bytes(text: string): Uint8Array | undefined {
  let number = 0n
  for (const letter of text) {
    const digit = BASE58.indexOf(letter)
    if (digit < 0) return undefined
    number = number * 58n + BigInt(digit)
  }
  const digits = number.toString(16)
  const hex = number === 0n ? '' : digits.padStart(digits.length + (digits.length % 2), '0')
  const zeros = text.length - text.replace(/^1+/, '').length
  return Uint8Array.of(...new Uint8Array(zeros), ...Buffer.from(hex, 'hex'))
}

function segwitScript(address: string, prefix: string): Uint8Array | undefined {
  const text = address.toLowerCase()
  if (text !== address && address.toUpperCase() !== address) return undefined
  if (!text.startsWith(`${prefix}1`) || text.length > 90) return undefined
  const data = [...text.slice(prefix.length + 1)].map((letter) => BECH32.indexOf(letter))
  if (data.includes(-1) || data.length < 7) return undefined
  const version = data[0]!
  if (checksum([...expanded(prefix), ...data]) !== (version === 0 ? 1 : BECH32M_CONSTANT)) return undefined
  const program = regroup(data.slice(1, -6))
  if (program === undefined || version > 16 || program.length < 2 || program.length > 40) return undefined
  if (version === 0 && program.length !== 20 && program.length !== 32) return undefined
  return Uint8Array.of(version === 0 ? 0 : 0x50 + version, program.length, ...program)
}

function expanded(prefix: string): number[] {
  const codes = [...prefix].map((letter) => letter.charCodeAt(0))
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)]
}

function checksum(values: readonly number[]): number {
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    generator.forEach((term, bit) => {
      if (((top >>> bit) & 1) === 1) sum ^= term
    })
  }
  return sum
}

/** Groups of five bits as bytes; what is left over must be fewer than five zeros. */
function regroup(groups: readonly number[]): number[] | undefined {
  const bytes: number[] = []
  let [bits, held] = [0, 0]
  for (const group of groups) {
    held = ((held << 5) | group) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >>> bits) & 0xff)
  }
  return bits < 5 && (held & ((1 << bits) - 1)) === 0 ? bytes : undefined
}
