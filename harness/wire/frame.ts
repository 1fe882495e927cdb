import { doubleSha256 } from './bytes.ts'

/** Before a message's payload: magic, type, length, checksum. [Core protocol.h CMessageHeader] */
export const MESSAGE_HEADER_BYTES = 24
const COMMAND_AT = 4
const COMMAND_BYTES = 12
const LENGTH_AT = 16
const CHECKSUM_AT = 20
/** Core's limit for any message. [Core net.h MAX_PROTOCOL_MESSAGE_LENGTH] */
const PAYLOAD_BYTES_MAX = 4_000_000

/** One message of the peer-to-peer protocol, without its frame. */
export interface WireMessage {
  readonly command: string
  readonly payload: Uint8Array
}

export function encodeMessage(magic: Uint8Array, command: string, payload: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(MESSAGE_HEADER_BYTES + payload.length)
  bytes.set(magic, 0)
  bytes.write(command, COMMAND_AT, COMMAND_BYTES, 'latin1')
  bytes.writeUInt32LE(payload.length, LENGTH_AT)
  bytes.set(checksumOf(payload), CHECKSUM_AT)
  bytes.set(payload, MESSAGE_HEADER_BYTES)
  return bytes
}

/** The whole messages in a chunk; what does not look like one, or has another checksum than it says, is left out. */
export function decodeMessages(chunk: Uint8Array): WireMessage[] {
  const bytes = asBuffer(chunk)
  const messages: WireMessage[] = []
  for (let at = 0; at + MESSAGE_HEADER_BYTES <= bytes.length; ) {
    const end = at + MESSAGE_HEADER_BYTES + bytes.readUInt32LE(at + LENGTH_AT)
    if (end > bytes.length) break
    const payload = bytes.subarray(at + MESSAGE_HEADER_BYTES, end)
    if (bytes.subarray(at + CHECKSUM_AT, at + MESSAGE_HEADER_BYTES).equals(checksumOf(payload)))
      messages.push({ command: commandAt(bytes, at), payload })
    at = end
  }
  return messages
}

/** The type of the first message in a chunk, and a number that stands for its content (its checksum). */
export function peekMessage(chunk: Uint8Array): { readonly command: string; readonly checksum: number } {
  if (chunk.length < MESSAGE_HEADER_BYTES) return { command: '', checksum: 0 }
  const bytes = asBuffer(chunk)
  return { command: commandAt(bytes, 0), checksum: bytes.readUInt32LE(CHECKSUM_AT) }
}

/** Takes messages out of a stream of bytes, whatever pieces it comes in. */
export class MessageStream {
  readonly #magic: Uint8Array
  #rest = Buffer.alloc(0)

  constructor(magic: Uint8Array) {
    this.#magic = magic
  }

  /** The messages that this piece completes. @throws Error where the stream is no such protocol */
  push(piece: Uint8Array): WireMessage[] {
    this.#rest = Buffer.concat([this.#rest, piece])
    const messages: WireMessage[] = []
    for (let message = this.#next(); message !== undefined; message = this.#next()) messages.push(message)
    return messages
  }

  #next(): WireMessage | undefined {
    if (this.#rest.length < MESSAGE_HEADER_BYTES) return undefined
    if (!this.#rest.subarray(0, 4).equals(this.#magic)) throw new Error('a message of another network')
    const length = this.#rest.readUInt32LE(LENGTH_AT)
    if (length > PAYLOAD_BYTES_MAX) throw new Error(`a message of ${length} bytes`)
    const end = MESSAGE_HEADER_BYTES + length
    if (this.#rest.length < end) return undefined
    const payload = this.#rest.subarray(MESSAGE_HEADER_BYTES, end)
    if (!this.#rest.subarray(CHECKSUM_AT, MESSAGE_HEADER_BYTES).equals(checksumOf(payload)))
      throw new Error('a message with a wrong checksum')
    const command = commandAt(this.#rest, 0)
    this.#rest = this.#rest.subarray(end)
    return { command, payload }
  }
}

function checksumOf(payload: Uint8Array): Uint8Array {
  return doubleSha256(payload).subarray(0, 4)
}

function commandAt(bytes: Buffer, at: number): string {
  const start = at + COMMAND_AT
  let end = start
  while (end < start + COMMAND_BYTES && bytes[end] !== 0) end++
  return bytes.toString('latin1', start, end)
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
