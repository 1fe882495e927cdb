import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'

/** Lower-case hex, two digits a byte. */
export const toHex: (bytes: Uint8Array) => string = bytesToHex

/** Bytes of a string of hex digits; throws on anything else. */
export const fromHex: (digits: string) => Uint8Array = hexToBytes
