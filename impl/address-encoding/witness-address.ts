import { decodeBech32, encodeBech32 } from './bech32.ts'

const PROGRAM_BYTES_MIN = 2
const PROGRAM_BYTES_MAX = 40
const VERSION_MAX = 16
const OP_1 = 0x51

/** Why a text is no address, in Core's words, and where in it the mistake probably is. */
export interface AddressError {
  readonly error: string
  readonly positions: readonly number[]
}

/** The address of an output script that is a witness program of this version. [BIP173, BIP350] */
export function encodeWitnessAddress(version: number, program: Uint8Array, prefix: string): string {
  const kind = version === 0 ? 'bech32' : 'bech32m'
  const groups = regroup(program, 8, 5)!
  const data = new Uint8Array(groups.length + 1)
  data[0] = version
  data.set(groups, 1)
  return encodeBech32({ kind, prefix, data })
}

/** The output script of an address with a chain's prefix. [Core DecodeDestination] */
export function decodeWitnessAddress(text: string, prefix: string): Uint8Array | AddressError {
  const decoded = decodeBech32(text)
  if (decoded.kind === 'invalid') return decoded
  const { kind, data } = decoded
  if (data.length === 0) return refuse('Empty Bech32 data section')
  if (decoded.prefix !== prefix)
    return refuse(
      `Invalid or unsupported prefix for Segwit (Bech32) address (expected ${prefix}, got ${decoded.prefix}).`,
    )
  const version = data[0]!
  if (version === 0 && kind !== 'bech32') return refuse('Version 0 witness address must use Bech32 checksum')
  if (version !== 0 && kind !== 'bech32m')
    return refuse('Version 1+ witness address must use Bech32m checksum')
  const program = regroup(data.subarray(1), 5, 8)
  if (program === undefined) return refuse('Invalid padding in Bech32 data section')
  return scriptOf(version, program)
}

function scriptOf(version: number, program: Uint8Array): Uint8Array | AddressError {
  const { length } = program
  const size = `${length} ${length === 1 ? 'byte' : 'bytes'}`
  if (version === 0 && length !== 20 && length !== 32)
    return refuse(`Invalid Bech32 v0 address program size (${size}), per BIP141`)
  if (version > VERSION_MAX) return refuse('Invalid Bech32 address witness version')
  if (length < PROGRAM_BYTES_MIN || length > PROGRAM_BYTES_MAX)
    return refuse(`Invalid Bech32 address program size (${size})`)
  return Uint8Array.of(version === 0 ? 0 : OP_1 + version - 1, length, ...program)
}

function refuse(error: string): AddressError {
  return { error, positions: [] }
}

/**
 * The same bits in groups of another size. Padding to 5 bits is with zeros; back to 8 it must be zeros and less than a
 * group, or nothing is returned.
 */
function regroup(values: Uint8Array, from: number, to: number): Uint8Array | undefined {
  const groups: number[] = []
  let bits = 0
  let held = 0
  for (const value of values) {
    bits = ((bits << from) | value) & 0xfff
    held += from
    while (held >= to) {
      held -= to
      groups.push((bits >> held) & ((1 << to) - 1))
    }
  }
  const rest = (bits << (to - held)) & ((1 << to) - 1)
  if (to < from) {
    if (held > 0) groups.push(rest)
  } else if (held >= from || rest !== 0) {
    return undefined
  }
  return Uint8Array.from(groups)
}
