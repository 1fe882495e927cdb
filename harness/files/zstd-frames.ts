/** What a frame asks of its decoder before it gives a byte. */
interface ZstdFrame {
  /** Bytes that must be held back, since later ones may repeat them. */
  readonly windowBytes: number
  readonly blocks: number
}

const MAGIC = 0xfd2fb528
/** The lowest magic of the sixteen of frames that are skipped. */
const SKIPPED_MAGIC = 0x184d2a50
const CHECKSUM_BYTES = 4

/** The frames of a zstd file, as far as they are whole. [RFC 8878 §3.1] */
export function zstdFrames(bytes: Buffer): ZstdFrame[] {
  const frames: ZstdFrame[] = []
  let at = 0
  while (at + 8 <= bytes.length) {
    const magic = bytes.readUInt32LE(at)
    if ((magic & 0xfffffff0) >>> 0 === SKIPPED_MAGIC) at += 8 + bytes.readUInt32LE(at + 4)
    else if (magic !== MAGIC) break
    else {
      const { windowBytes, end: start } = frameHeader(bytes, at + 4)
      const { blocks, end } = walkBlocks(bytes, start)
      frames.push({ windowBytes, blocks })
      const hasChecksum = (bytes[at + 4]! & 4) !== 0
      at = end + (hasChecksum ? CHECKSUM_BYTES : 0)
    }
  }
  return frames
}

/** [RFC 8878 §3.1.1.1] */
function frameHeader(bytes: Buffer, at: number): { windowBytes: number; end: number } {
  const descriptor = bytes[at]!
  const isSingleSegment = (descriptor & 0x20) !== 0
  const sizeAt = at + (isSingleSegment ? 1 : 2) + [0, 1, 2, 4][descriptor & 3]!
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6]!
  const end = sizeAt + sizeBytes
  if (!isSingleSegment) return { windowBytes: windowOf(bytes[at + 1] ?? 0), end }
  return { windowBytes: end > bytes.length ? 0 : contentSize(bytes, sizeAt, sizeBytes), end }
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}

function contentSize(bytes: Buffer, at: number, sizeBytes: number): number {
  if (sizeBytes === 8) return Number(bytes.readBigUInt64LE(at))
  return bytes.readUIntLE(at, sizeBytes) + (sizeBytes === 2 ? 256 : 0)
}

/** Counts the blocks of a frame, whose headers have three bytes: last or not, kind, size. [RFC 8878 §3.1.1.2] */
function walkBlocks(bytes: Buffer, start: number): { blocks: number; end: number } {
  let at = start
  let blocks = 0
  while (at + 3 <= bytes.length) {
    const header = bytes.readUIntLE(at, 3)
    const isRun = ((header >> 1) & 3) === 1
    at += 3 + (isRun ? 1 : header >> 3)
    blocks++
    if ((header & 1) !== 0) break
  }
  return { blocks, end: at }
}
