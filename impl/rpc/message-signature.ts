import { ByteWriter, type Hasher } from '../wire/index.ts'

/** So that nobody signs a transaction when asked for a message. [Core MESSAGE_MAGIC] */
const PREFIX = 'Bitcoin Signed Message:\n'
/** The first byte of a signature is this plus its recovery number, and 4 more for a compressed key. */
export const RECOVERY_BASE = 27
export const COMPRESSED_FLAG = 4

/** What is signed for a message. [Core MessageHash] */
export function messageHash(message: string, hasher: Hasher): Uint8Array {
  const encoder = new TextEncoder()
  const writer = new ByteWriter()
  writer.putVariable(encoder.encode(PREFIX)).putVariable(encoder.encode(message))
  return hasher.hash256(writer.view())
}

export function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

/** Undefined for a text that is no base 64. */
export function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
