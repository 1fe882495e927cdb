import { sha256 } from '@noble/hashes/sha2.js'

/** One message of the peer-to-peer protocol, without its frame. */
export interface PeerMessage {
  readonly command: string
  readonly payload: Uint8Array
}

const HEADER_BYTES = 24
const COMMAND_BYTES = 12
/** Core's limit for any message. [Core net.h MAX_PROTOCOL_MESSAGE_LENGTH] */
const PAYLOAD_MAX = 4_000_000

/** Magic, command padded with zeros, length, checksum, payload. [Core protocol.h CMessageHeader] */
export function encodeMessage(magic: Uint8Array, { command, payload }: PeerMessage): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.set(magic, 0)
  header.write(command, 4, COMMAND_BYTES, 'latin1')
  header.writeUInt32LE(payload.length, 16)
  header.set(checksum(payload), 20)
  return Buffer.concat([header, payload])
}

/** Takes messages out of a stream of bytes, whatever pieces it comes in. */
export class MessageStream {
  readonly #magic: Uint8Array
  #rest = Buffer.alloc(0)

  constructor(magic: Uint8Array) {
    this.#magic = magic
  }

  /** The messages that this piece completes. @throws Error where the stream is no such protocol */
  push(piece: Uint8Array): PeerMessage[] {
    this.#rest = Buffer.concat([this.#rest, piece])
    const messages: PeerMessage[] = []
    for (let one = this.#next(); one !== undefined; one = this.#next()) messages.push(one)
    return messages
  }

  #next(): PeerMessage | undefined {
    if (this.#rest.length < HEADER_BYTES) return undefined
    if (!this.#rest.subarray(0, 4).equals(this.#magic)) throw new Error('a message of another network')
    const length = this.#rest.readUInt32LE(16)
    if (length > PAYLOAD_MAX) throw new Error(`a message of ${length} bytes`)
    if (this.#rest.length < HEADER_BYTES + length) return undefined
    const payload = this.#rest.subarray(HEADER_BYTES, HEADER_BYTES + length)
    if (!checksum(payload).equals(this.#rest.subarray(20, HEADER_BYTES)))
      throw new Error('a message with a wrong checksum')
    const command = this.#rest.toString('latin1', 4, 4 + COMMAND_BYTES).replace(/\0+$/, '')
    this.#rest = this.#rest.subarray(HEADER_BYTES + length)
    return { command, payload }
  }
}

const PROTOCOL_VERSION = 70016
const USER_AGENT = '/touchstone/'

/** Who we are: somebody who wants nothing told. [Core protocol.h VERSION] */
export function versionMessage(nowSeconds: number): PeerMessage {
  const head = Buffer.alloc(4 + 8 + 8)
  head.writeInt32LE(PROTOCOL_VERSION, 0)
  head.writeBigInt64LE(BigInt(nowSeconds), 12)
  // Two addresses of services, IPv6 and port: nobody in particular; then a nonce.
  const nowhere = Buffer.alloc(2 * 26 + 8)
  const agent = Buffer.from(USER_AGENT, 'latin1')
  // No block yet, and no transactions please.
  const tail = Buffer.alloc(4 + 1)
  return { command: 'version', payload: Buffer.concat([head, nowhere, Buffer.of(agent.length), agent, tail]) }
}

function checksum(payload: Uint8Array): Buffer {
  return Buffer.from(sha256(sha256(payload)).subarray(0, 4))
}
