import { type RawBlock, readBlock } from '../../../wire/index.ts'

/** What a file of framed blocks holds, and what is remarkable about it. */
export interface FramedBlocks {
  readonly blocks: readonly RawBlock[]
  /** Four bytes in hex, those of the network. */
  readonly magic: string
  readonly notes: readonly string[]
  /** What the file should hold and does not; undefined when nothing is missing. */
  readonly missing?: string
}

const HEAD_BYTES = 8

/**
 * Four bytes of magic, length (u32 LE), block; and so on, in any order. Nodes allocate files ahead, so that zeros may
 * stand between blocks and at the end; and the last block may be cut short where a node was stopped. [Core blk*.dat]
 * `key` is what the bytes were obfuscated with. Undefined when the file does not start like that. @throws Error that names the offset of whatever else is there
 */
export function readFramed(bytes: Uint8Array, key: Uint8Array = new Uint8Array()): FramedBlocks | undefined {
  const start = unwrittenFrom(bytes, 0, key)
  if (bytes.length - start < HEAD_BYTES + 81) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const magic = view.getUint32(start)
  if (readBlock(bytes, start + HEAD_BYTES) === undefined) return undefined
  const blocks: RawBlock[] = []
  const notes: string[] = []
  const done = (missing?: string): FramedBlocks => ({
    blocks,
    magic: hex32(magic),
    notes,
    ...(missing !== undefined && { missing }),
  })
  for (let at = 0; at < bytes.length; ) {
    const zeros = unwrittenFrom(bytes, at, key)
    if (zeros > 0) {
      at += zeros
      notes.push(
        at === bytes.length ? `${zeros} zero bytes at the end` : `${zeros} zero bytes before offset ${at}`,
      )
      continue
    }
    const rest = bytes.length - at
    if (rest < HEAD_BYTES) return done(`the block whose first ${rest} bytes stand at the end`)
    if (view.getUint32(at) !== magic)
      throw new Error(`offset ${at}: expected the magic ${hex32(magic)}, got ${hex32(view.getUint32(at))}`)
    const length = view.getUint32(at + 4, true)
    const block = readBlock(bytes, at + HEAD_BYTES)
    if (block?.bytes.length === length) {
      blocks.push(block)
      at += HEAD_BYTES + length
    } else if (block === undefined && isTorn(bytes, view, at, length, magic, key)) {
      return done(`the end of the block of ${length} bytes at offset ${at}`)
    } else {
      const found = block === undefined ? 'none' : `one of ${block.bytes.length}`
      throw new Error(`offset ${at}: expected a block of ${length} bytes, got ${found}`)
    }
  }
  return done()
}

/** A block is torn when the file, or what was written of it, ends inside; another one behind it says that its length is wrong. */
function isTorn(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  length: number,
  magic: number,
  key: Uint8Array,
): boolean {
  const end = at + HEAD_BYTES + length
  const isUnwritten = end <= bytes.length && unwrittenFrom(bytes, end - 1, key) === bytes.length - end + 1
  if (end <= bytes.length && !isUnwritten) return false
  for (let next = at + HEAD_BYTES; next + HEAD_BYTES <= bytes.length; next++)
    if (view.getUint32(next) === magic && readBlock(bytes, next + HEAD_BYTES) !== undefined) return false
  return true
}

/** How many bytes from here on were never written: zeros, which obfuscation has made the key. */
function unwrittenFrom(bytes: Uint8Array, start: number, key: Uint8Array): number {
  const run = (expected: (at: number) => number) => {
    let at = start
    while (at < bytes.length && bytes[at] === expected(at)) at++
    return at - start
  }
  const zeros = run(() => 0)
  return key.length === 0
    ? zeros
    : Math.max(
        zeros,
        run((at) => key[at % key.length]!),
      )
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, '0')
}

/** The same blocks, each behind its parent when that is among them; otherwise in the order in which they stand. */
export function inOrderOfParents(blocks: readonly RawBlock[]): RawBlock[] {
  const here = new Set(blocks.map(({ hash }) => hash))
  const waiting = new Map<string, RawBlock[]>()
  const placed = new Set<string>()
  const ordered: RawBlock[] = []
  for (const block of blocks) {
    if (here.has(block.previous) && !placed.has(block.previous)) {
      const siblings = waiting.get(block.previous)
      if (siblings === undefined) waiting.set(block.previous, [block])
      else siblings.push(block)
      continue
    }
    for (const ready = [block]; ready.length > 0; ) {
      const next = ready.shift()!
      ordered.push(next)
      placed.add(next.hash)
      ready.push(...(waiting.get(next.hash) ?? []))
      waiting.delete(next.hash)
    }
  }
  return ordered
}
