import {
  compactSize,
  concatBytes,
  counted,
  countedList,
  dataHash,
  displayHash,
  hashBytes,
  littleEndian,
  uint32,
} from './bytes.ts'
import type { WireMessage } from './frame.ts'
import { blockHash, HEADER_BYTES } from './header.ts'
import { ByteReader } from './reader.ts'

/** The payloads of the harness's own few words of Bitcoin's P2P protocol. */

const PROTOCOL_VERSION = 70016
/** NODE_NETWORK and NODE_WITNESS. [BIP144] */
const FULL_NODE = 9n
export const INVENTORY = { transaction: 1, block: 2, witness: 0x40000000 } as const

/** What a peer says of itself first. */
export interface VersionFields {
  /** Unix seconds. */
  readonly now: number
  readonly nonce?: number
  readonly userAgent?: string
  /** A full node that wants transactions announced, or one that offers nothing and wants nothing. */
  readonly role?: 'full node' | 'listener'
}

/** Version, services, time, two network addresses of nobody in particular, nonce, user agent, height 0, relay. [Core protocol.h VERSION] */
export function versionPayload({
  now,
  nonce = 0,
  userAgent = '',
  role = 'full node',
}: VersionFields): Uint8Array {
  const services = littleEndian(role === 'full node' ? FULL_NODE : 0n, 8)
  const address = concatBytes(services, new Uint8Array(18))
  return concatBytes(
    uint32(PROTOCOL_VERSION),
    services,
    littleEndian(now, 8),
    address,
    address,
    littleEndian(nonce, 8),
    counted(new TextEncoder().encode(userAgent)),
    uint32(0),
    Uint8Array.of(role === 'full node' ? 1 : 0),
  )
}

export function headersPayload(headers: readonly Uint8Array[]): Uint8Array {
  return countedList(headers.map((header) => concatBytes(header, Uint8Array.of(0))))
}

/** `hashes`: as people write them. */
export function inventoryPayload(type: number, hashes: readonly string[]): Uint8Array {
  return countedList(hashes.map((hash) => concatBytes(uint32(type), hashBytes(hash))))
}

/** Hashes of blocks from the newest down, so that the peer finds the last one that it shares. */
export function locatorPayload(hashes: readonly string[]): Uint8Array {
  const known = concatBytes(compactSize(hashes.length), ...hashes.map(hashBytes))
  return concatBytes(uint32(PROTOCOL_VERSION), known, new Uint8Array(32))
}

/** The hashes of the things a message carries or names, for the record. */
export function hashesIn({ command, payload }: WireMessage): string[] {
  switch (command) {
    case 'inv':
    case 'getdata':
    case 'notfound':
      return entriesIn(payload, 36).map((entry) => displayHash(entry.subarray(4)))
    case 'block':
    case 'cmpctblock':
      return [blockHash(payload)]
    case 'headers':
      return entriesIn(payload, HEADER_BYTES + 1).map((entry) => dataHash(entry.subarray(0, HEADER_BYTES)))
    default:
      return []
  }
}

/** The whole entries of so many bytes in a counted list, at most as many as it counts. */
function entriesIn(payload: Uint8Array, size: number): Uint8Array[] {
  const reader = new ByteReader(payload)
  try {
    const count = Math.min(reader.compactSize(), Math.floor(reader.left / size))
    return Array.from({ length: count }, () => reader.take(size))
  } catch (error) {
    // Not even the count is whole.
    if (error instanceof RangeError) return []
    throw error
  }
}
