import { doubleSha256 } from '../../../wire/index.ts'

/** A block with one coinbase on regtest's target; `mark` makes it unlike its brothers. */
export function testBlock(previous: string, mark: number): Uint8Array {
  const coinbase = Buffer.concat([
    Buffer.from('0100000001', 'hex'),
    Buffer.alloc(32),
    Buffer.from('ffffffff02', 'hex'),
    Buffer.of(mark, 0),
    Buffer.from('ffffffff0100f2052a01000000015100000000', 'hex'),
  ])
  const header = Buffer.alloc(80)
  header.writeUInt32LE(4, 0)
  Buffer.from(previous, 'hex').reverse().copy(header, 4)
  header.set(doubleSha256(coinbase), 36)
  header.writeUInt32LE(1_300_000_000 + mark, 68)
  header.writeUInt32LE(0x207fffff, 72)
  return Uint8Array.from(Buffer.concat([header, Buffer.of(1), coinbase]))
}

/** Blocks behind magic and length, as nodes store them. */
export function framed(blocks: readonly Uint8Array[], magic = 'fabfb5da'): Uint8Array {
  return Buffer.concat(
    blocks.flatMap((bytes) => {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(bytes.length)
      return [Buffer.from(magic, 'hex'), length, bytes]
    }),
  )
}

/** A block of regtest that meets its target: one coinbase that commits to this height; `mark` makes it unlike its brothers. */
export function minedBlock(previous: string, height: number, mark: number): Uint8Array {
  const bytes = Buffer.from(testBlock(previous, mark))
  // The coinbase's script of two bytes: a small height, then the mark.
  bytes[123] = 0x50 + height
  bytes[124] = mark
  bytes.set(doubleSha256(bytes.subarray(81)), 36)
  for (let nonce = 0; ; nonce++) {
    bytes.writeUInt32LE(nonce, 76)
    if (doubleSha256(bytes.subarray(0, 80))[31]! < 0x7f) return Uint8Array.from(bytes)
  }
}
