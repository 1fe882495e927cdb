import { hash } from 'node:crypto'

/** The harness's own few words of Bitcoin's P2P protocol: enough to script a peer and to label what passes by. */

/** Before a message's payload: magic, type, length, checksum. */
export const MESSAGE_HEADER_BYTES = 24
const PROTOCOL_VERSION = 70016
/** NODE_NETWORK and NODE_WITNESS. [BIP144] */
const SERVICES = 9n
export const INVENTORY = { transaction: 1, block: 2, witness: 0x40000000 } as const

export interface WireMessage {
  readonly command: string
  readonly payload: Uint8Array
}

/** Hash as people write it: double SHA-256, bytes reversed. */
export function dataHash(bytes: Uint8Array): string {
  return hash('sha256', hash('sha256', bytes, 'buffer'), 'buffer')
    .reverse()
    .toString('hex')
}

export function encodeMessage(magic: Uint8Array, command: string, payload: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(MESSAGE_HEADER_BYTES + payload.length)
  bytes.set(magic, 0)
  bytes.write(command, 4, 'latin1')
  bytes.writeUInt32LE(payload.length, 16)
  bytes.set(checksumOf(payload), 20)
  bytes.set(payload, MESSAGE_HEADER_BYTES)
  return bytes
}

const checksumOf = (payload: Uint8Array) =>
  hash('sha256', hash('sha256', payload, 'buffer'), 'buffer').subarray(0, 4)

/** The whole messages in a chunk; what does not look like one, or has another checksum than it says, is left out. */
export function decodeMessages(chunk: Uint8Array): WireMessage[] {
  const bytes = asBuffer(chunk)
  const messages: WireMessage[] = []
  for (let at = 0; at + MESSAGE_HEADER_BYTES <= bytes.length; ) {
    const end = at + MESSAGE_HEADER_BYTES + bytes.readUInt32LE(at + 16)
    if (end > bytes.length) break
    const payload = bytes.subarray(at + MESSAGE_HEADER_BYTES, end)
    if (checksumOf(payload).equals(bytes.subarray(at + 20, at + MESSAGE_HEADER_BYTES)))
      messages.push({ command: commandAt(bytes, at), payload })
    at = end
  }
  return messages
}

/** The type of the first message in a chunk, and a number that stands for its content (its checksum). */
export function peekMessage(chunk: Uint8Array): { readonly command: string; readonly checksum: number } {
  if (chunk.length < MESSAGE_HEADER_BYTES) return { command: '', checksum: 0 }
  const bytes = asBuffer(chunk)
  return { command: commandAt(bytes, 0), checksum: bytes.readUInt32LE(20) }
}

/** What a peer says first. `now` in Unix seconds. */
export function versionPayload(now: number, nonce: number): Uint8Array {
  const bytes = Buffer.alloc(86)
  bytes.writeInt32LE(PROTOCOL_VERSION, 0)
  bytes.writeBigUInt64LE(SERVICES, 4)
  bytes.writeBigInt64LE(BigInt(now), 12)
  bytes.writeBigUInt64LE(SERVICES, 20)
  bytes.writeBigUInt64LE(SERVICES, 46)
  bytes.writeUInt32LE(nonce, 72)
  bytes.writeUInt8(0, 80)
  bytes.writeInt32LE(0, 81)
  bytes.writeUInt8(1, 85)
  return bytes
}

export function headersPayload(headers: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([
    compactSize(headers.length),
    ...headers.flatMap((header) => [header, Buffer.alloc(1)]),
  ])
}

export function inventoryPayload(type: number, hashes: readonly string[]): Uint8Array {
  const parts = hashes.map((text) => {
    const entry = Buffer.alloc(36)
    entry.writeUInt32LE(type, 0)
    entry.set(Buffer.from(text, 'hex').reverse(), 4)
    return entry
  })
  return Buffer.concat([compactSize(hashes.length), ...parts])
}

/** Hashes asked for or offered, as people write them. */
function decodeInventory(payload: Uint8Array): { readonly type: number; readonly hash: string }[] {
  const bytes = asBuffer(payload)
  const { value: count, length } = readCompactSize(bytes)
  const entries: { type: number; hash: string }[] = []
  for (let index = 0, at = length; index < count && at + 36 <= bytes.length; index++, at += 36)
    entries.push({
      type: bytes.readUInt32LE(at),
      hash: Buffer.from(bytes.subarray(at + 4, at + 36))
        .reverse()
        .toString('hex'),
    })
  return entries
}

/** The hashes of the things a message carries or names, for the record. */
export function hashesIn({ command, payload }: WireMessage): string[] {
  switch (command) {
    case 'inv':
    case 'getdata':
    case 'notfound':
      return decodeInventory(payload).map((entry) => entry.hash)
    case 'block':
    case 'cmpctblock':
      return [dataHash(payload.subarray(0, 80))]
    case 'headers': {
      const { value: count, length } = readCompactSize(asBuffer(payload))
      const hashes: string[] = []
      for (let index = 0, at = length; index < count && at + 81 <= payload.length; index++, at += 81)
        hashes.push(dataHash(payload.subarray(at, at + 80)))
      return hashes
    }
    default:
      return []
  }
}

function compactSize(value: number): Uint8Array {
  if (value < 253) return Uint8Array.of(value)
  if (value > 0xffff) throw new RangeError(`count ${value} does not fit a scripted message`)
  return Uint8Array.of(253, value & 255, value >> 8)
}

function readCompactSize(bytes: Buffer): { value: number; length: number } {
  const first = bytes[0] ?? 0
  return first === 253 && bytes.length >= 3
    ? { value: bytes.readUInt16LE(1), length: 3 }
    : { value: first, length: 1 }
}

function commandAt(bytes: Buffer, at: number): string {
  let end = at + 4
  while (end < at + 16 && bytes[end] !== 0) end++
  return bytes.toString('latin1', at + 4, end)
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
