import { EMPTY_BYTES } from '../bytes.ts'
import type { Hasher } from '../hasher.ts'

/** Bytes of the envelope before the payload. */
export const FRAME_HEADER_BYTES = 24
const COMMAND_BYTES = 12
/** [Core MAX_PROTOCOL_MESSAGE_LENGTH] */
const PAYLOAD_BYTES_MAX = 4_000_000

/** One message off the wire. `intact` is false when the checksum does not match; such a message is dropped. */
export interface Frame {
  readonly command: string
  readonly payload: Uint8Array
  readonly intact: boolean
}

/** Puts the envelope round a payload: magic, command, length, checksum. */
export function encodeFrame(
  magic: Uint8Array,
  command: string,
  payload: Uint8Array,
  hasher: Hasher,
): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + payload.length)
  bytes.set(magic)
  for (let i = 0; i < command.length; i++) bytes[4 + i] = command.charCodeAt(i)
  new DataView(bytes.buffer).setUint32(16, payload.length, true)
  bytes.set(hasher.hash256(payload).subarray(0, 4), 20)
  bytes.set(payload, FRAME_HEADER_BYTES)
  return bytes
}

/**
 * Cuts a byte stream into messages, whatever the chunks it comes in. Each byte is copied a bounded number of times, and
 * the buffer is at most twice as large as what it holds. Payloads are copies of their own.
 * A stream that cannot go on (foreign magic, oversized payload) makes `broken` say why, and yields no more.
 */
export class FrameReader {
  readonly #magic: Uint8Array
  readonly #hasher: Hasher
  #buffer = EMPTY_BYTES
  /** What waits stands between these two offsets of the buffer. */
  #start = 0
  #end = 0
  broken: string | undefined

  constructor(magic: Uint8Array, hasher: Hasher) {
    this.#magic = magic
    this.#hasher = hasher
  }

  /** Bytes that wait for the rest of their message or for being asked for. */
  get buffered(): number {
    return this.#end - this.#start
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0 || this.broken !== undefined) return
    if (this.#end + chunk.length > this.#buffer.length) this.#makeRoom(chunk.length)
    this.#buffer.set(chunk, this.#end)
    this.#end += chunk.length
  }

  /** The next whole message, or nothing yet. */
  next(): Frame | undefined {
    if (this.buffered < FRAME_HEADER_BYTES || this.broken !== undefined) return undefined
    const bytes = this.#buffer.subarray(this.#start, this.#end)
    const length = this.#payloadLength(bytes)
    if (length === undefined) {
      this.#drop()
      return undefined
    }
    const end = FRAME_HEADER_BYTES + length
    if (bytes.length < end) return undefined
    const frame = this.#frame(bytes, bytes.slice(FRAME_HEADER_BYTES, end))
    this.#start += end
    if (this.#start === this.#end) this.#drop()
    return frame
  }

  /** A new buffer of twice the size that is needed, so that as many bytes must come before the next one. */
  #makeRoom(length: number): void {
    const waiting = this.#buffer.subarray(this.#start, this.#end)
    const needed = waiting.length + length
    this.#buffer = new Uint8Array(waiting.length === 0 ? needed : 2 * needed)
    this.#buffer.set(waiting)
    this.#start = 0
    this.#end = waiting.length
  }

  #drop(): void {
    this.#buffer = EMPTY_BYTES
    this.#start = 0
    this.#end = 0
  }

  #payloadLength(bytes: Uint8Array): number | undefined {
    for (let i = 0; i < 4; i++)
      if (bytes[i] !== this.#magic[i]) {
        this.broken = 'foreign network magic'
        return undefined
      }
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(16, true)
    if (length <= PAYLOAD_BYTES_MAX) return length
    this.broken = `oversized message of ${length} bytes`
    return undefined
  }

  #frame(bytes: Uint8Array, payload: Uint8Array): Frame {
    const command = decodeCommand(bytes)
    const sum = this.#hasher.hash256(payload)
    const intact =
      command !== '' &&
      sum[0] === bytes[20] &&
      sum[1] === bytes[21] &&
      sum[2] === bytes[22] &&
      sum[3] === bytes[23]
    return { command, payload: payload.length === 0 ? EMPTY_BYTES : payload, intact }
  }
}

/** Printable characters padded with zeros; an empty string when it is anything else. */
function decodeCommand(bytes: Uint8Array): string {
  let command = ''
  let padding = false
  for (let i = 4; i < 4 + COMMAND_BYTES; i++) {
    const byte = bytes[i]!
    if (byte === 0) padding = true
    else if (padding || byte < 0x20 || byte > 0x7e) return ''
    else command += String.fromCharCode(byte)
  }
  return command
}
