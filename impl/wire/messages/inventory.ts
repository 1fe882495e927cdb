import type { ByteReader } from '../byte-reader.ts'
import { ByteWriter } from '../byte-writer.ts'

/** Kinds of things that are announced and asked for. [BIP144, BIP152, BIP339] */
export const INV_TX = 1
export const INV_BLOCK = 2
export const INV_COMPACT_BLOCK = 4
export const INV_WTX = 5
export const INV_WITNESS_TX = 0x40000001
export const INV_WITNESS_BLOCK = 0x40000002

/** [Core MAX_INV_SZ] */
export const INVENTORY_MAX = 50_000

export interface InventoryItem {
  readonly kind: number
  readonly hash: Uint8Array
}

/** The payload of inv, getdata and notfound. */
export function encodeInventory(items: readonly InventoryItem[]): Uint8Array {
  const writer = new ByteWriter(9 + 36 * items.length).compactSize(items.length)
  for (const { kind, hash } of items) writer.u32(kind).put(hash)
  return writer.finish()
}

/** Hashes are views of the payload. Throws DecodeError. */
export function decodeInventory(reader: ByteReader): InventoryItem[] {
  const count = reader.count(36)
  const items = new Array<InventoryItem>(count)
  for (let i = 0; i < count; i++) items[i] = { kind: reader.u32(), hash: reader.take(32) }
  return items
}
