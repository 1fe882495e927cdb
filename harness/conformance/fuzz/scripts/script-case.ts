/** One element of a script. */
export type Piece =
  | { readonly piece: 'op'; readonly op: number }
  /** `form`: bytes of the length field; 0 is the shortest push there is. */
  | { readonly piece: 'push'; readonly bytes: Uint8Array; readonly form: 0 | 1 | 2 | 4 }
  | { readonly piece: 'number'; readonly value: number }
  | { readonly piece: 'key'; readonly key: KeyName; readonly form: KeyForm }
  /** Bytes whose hash by this opcode stands in the script. */
  | { readonly piece: 'hash'; readonly op: number; readonly bytes: Uint8Array }

/** What a witness or a signature script brings. */
export type Item =
  | { readonly item: 'bytes'; readonly bytes: Uint8Array }
  | { readonly item: 'key'; readonly key: KeyName; readonly form: KeyForm }
  | {
      readonly item: 'signature'
      readonly key: KeyName
      readonly hashType: number
      /** What is wrong with it. */
      readonly flaw: SignatureFlaw
      /** How many OP_CODESEPARATOR have been executed when it is checked. */
      readonly separators: number
    }

export const KEY_NAMES = ['alice', 'bob'] as const
export type KeyName = (typeof KEY_NAMES)[number]
export const KEY_FORMS = [
  'compressed',
  'uncompressed',
  'hybrid',
  'hybrid-odd',
  'x-only',
  'off-curve',
  'short',
] as const
export type KeyForm = (typeof KEY_FORMS)[number]
export const SIGNATURE_FLAWS = [
  'none',
  'empty',
  'other-message',
  'high-s',
  'padded',
  'no-hash-type',
  'long',
  'zero-r',
  'huge-r',
  'flipped',
] as const
export type SignatureFlaw = (typeof SIGNATURE_FLAWS)[number]

/** Kinds that are defined, and some that are not. */
export const HASH_TYPES = [0, 1, 2, 3, 0x81, 0x82, 0x83, 4, 0x80, 0x41, 0xff]

/** How the script is hidden, or which standard lock takes its place. */
export const WRAPS = [
  'bare',
  'p2sh',
  'p2wsh',
  'p2sh-p2wsh',
  'p2tr',
  'p2pkh',
  'p2wpkh',
  'p2sh-p2wpkh',
  'p2tr-key',
  'program',
] as const
export type Wrap = (typeof WRAPS)[number]

/** One input with its coin, in words; `build.ts` makes the bytes. */
export interface ScriptCase {
  readonly wrap: Wrap
  readonly script: readonly Piece[]
  readonly items: readonly Item[]
  readonly version: number
  readonly lockTime: number
  readonly sequence: number
  readonly inputs: number
  readonly inputIndex: number
  readonly outputs: number
  readonly value: bigint
  readonly annex: Uint8Array | undefined
  readonly leafVersion: number
  readonly path: number
  /** Version and length of a witness program that means nothing, or nothing yet. */
  readonly program: { readonly version: number; readonly length: number }
  /** Last of all: bytes changed where the input proves its right. */
  readonly damage: readonly { readonly at: number; readonly bit: number }[]
  /** An item more at the front of the witness, whatever the lock. */
  readonly extraItem: boolean
}
