import type { ByteReader } from '../byte-reader.ts'
import { DecodeError } from '../byte-reader.ts'
import { ByteWriter } from '../byte-writer.ts'

/** What a peer says about itself when the connection opens. */
export interface VersionMessage {
  readonly version: number
  readonly services: bigint
  /** Unix time in seconds. */
  readonly time: bigint
  /** Chance number by which a node recognises a connection to itself. */
  readonly nonce: bigint
  readonly userAgent: string
  readonly startHeight: number
  /** Whether transactions are wanted. [BIP37] */
  readonly relay: boolean
}

/** [Core MAX_SUBVERSION_LENGTH] */
const USER_AGENT_BYTES_MAX = 256
const ADDRESS_BYTES = 26

export function encodeVersion(message: VersionMessage): Uint8Array {
  return new ByteWriter(128)
    .u32(message.version)
    .u64(message.services)
    .u64(message.time)
    .put(new Uint8Array(ADDRESS_BYTES))
    .u64(message.services)
    .put(new Uint8Array(ADDRESS_BYTES - 8))
    .u64(message.nonce)
    .putVariable(asciiBytes(message.userAgent))
    .u32(message.startHeight)
    .u8(message.relay ? 1 : 0)
    .finish()
}

/** Fields from the second address on may be absent, as very old peers leave them out. Throws DecodeError. */
export function decodeVersion(reader: ByteReader): VersionMessage {
  const version = reader.i32()
  const services = reader.u64()
  const time = reader.i64()
  reader.skip(ADDRESS_BYTES)
  let nonce = 0n
  let userAgent = ''
  let startHeight = -1
  let relay = true
  if (reader.remaining > 0) {
    reader.skip(ADDRESS_BYTES)
    nonce = reader.u64()
  }
  if (reader.remaining > 0) userAgent = printable(reader.takeVariable())
  if (reader.remaining > 0) startHeight = reader.i32()
  if (reader.remaining > 0) relay = reader.u8() !== 0
  return { version, services, time, nonce, userAgent, startHeight, relay }
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0x7f)
}

function printable(bytes: Uint8Array): string {
  if (bytes.length > USER_AGENT_BYTES_MAX) throw new DecodeError('String length limit exceeded')
  let text = ''
  for (const byte of bytes) text += byte < 0x20 || byte > 0x7e ? '?' : String.fromCharCode(byte)
  return text
}
