import { type RawBlock, readBlock } from '../../../wire/index.ts'
import { bytesOfHex, requireShape, textOf } from '../content.ts'
import type { VectorContent } from '../format.ts'
import { alternativeMainBlocks } from './alternative-main.ts'
import { type BlockStatistics, blockStatisticsSchema } from './block-statistics.ts'
import { inOrderOfParents, readFramed } from './framed-blocks.ts'

/** A file of whole blocks, whatever its wrapping. */
export interface BlockFile {
  readonly format: string
  /** Each behind its parent when that is among them. */
  readonly blocks: readonly RawBlock[]
  /** The magic bytes of the network in hex, where the wrapping has them. */
  readonly magic?: string
  /** Remarks on the file, such as zeros at the end. */
  readonly notes?: readonly string[]
  /** What the file should hold and does not. */
  readonly missing?: string
  /** What another program counted in some of the blocks. */
  readonly statistics?: readonly BlockStatistics[]
}

/** The blocks in a file of any known wrapping; undefined when it is none. Throws when a wrapped block is damaged. */
export function readBlockFile(content: VectorContent): BlockFile | undefined {
  if (content.json !== undefined) return readJson(content.json)
  return readSingle(content.bytes) ?? readFramedFile(content.bytes) ?? readHexLines(content.bytes)
}

function readFramedFile(bytes: Uint8Array): BlockFile | undefined {
  const framed = readFramed(bytes)
  return framed && { format: 'framed blocks', ...framed, blocks: inOrderOfParents(framed.blocks) }
}

function readSingle(bytes: Uint8Array): BlockFile | undefined {
  const block = readBlock(bytes)
  return block?.bytes.length === bytes.length ? { format: 'block', blocks: [block] } : undefined
}

function readHexLines(bytes: Uint8Array): BlockFile | undefined {
  // Enough to distinguish text from binary before all of it is decoded.
  if (!/^[0-9a-fA-F\r\n]{160}/.test(textOf(bytes.subarray(0, 160)))) return undefined
  const lines = textOf(bytes).trim().split(/\r?\n/)
  if (blockOfHex(lines[0]!) === undefined) return undefined
  return {
    format: 'blocks in hex',
    blocks: lines.map((line, index) => requireBlock(line, `line ${index + 1}`)),
  }
}

function readJson(json: unknown): BlockFile | undefined {
  if (Array.isArray(json)) return readLists(json) ?? readBlockRecords(json)
  if (typeof json !== 'object' || json === null) return undefined
  const { blocks, stats, timestamps, nonces } = json as Record<string, unknown>
  if (isStrings(blocks) && Array.isArray(stats))
    return {
      format: 'blocks with statistics',
      blocks: blocks.map((hex, index) => requireBlock(hex, `blocks.${index}`)),
      statistics: inShape(stats),
    }
  if (isNumbers(timestamps) && isNumbers(nonces))
    return { format: 'alternative main chain', blocks: alternativeMainBlocks(timestamps, nonces) }
  return undefined
}

function inShape(stats: readonly unknown[]): BlockStatistics[] {
  return stats.map((entry, index) => {
    try {
      return requireShape(blockStatisticsSchema, entry)
    } catch (error) {
      throw new Error(`stats.${index}.${error instanceof Error ? error.message : error}`)
    }
  })
}

/** Lists of blocks in hex, one per branch. */
function readLists(json: readonly unknown[]): BlockFile | undefined {
  if (!json.every(isStrings) || blockOfHex(json[0]?.[0] ?? '') === undefined) return undefined
  return {
    format: 'branches of blocks',
    blocks: json.flatMap((list, row) => list.map((hex, index) => requireBlock(hex, `${row}.${index}`))),
  }
}

/** `{ data: hex, transactions: count }`, blocks without connection. [bitcoinjs, bitcore] */
function readBlockRecords(json: readonly unknown[]): BlockFile | undefined {
  const records = json as readonly { data?: unknown; transactions?: unknown }[]
  const isRecord = (one: (typeof records)[number]) =>
    typeof one === 'object' &&
    one !== null &&
    typeof one.data === 'string' &&
    typeof one.transactions === 'number'
  if (records.length === 0 || !records.every(isRecord)) return undefined
  return {
    format: 'single blocks',
    blocks: records.map((record, index) => requireBlock(record.data as string, `${index}.data`)),
  }
}

function requireBlock(hex: string, place: string): RawBlock {
  const block = blockOfHex(hex)
  if (block === undefined) throw new Error(`${place}: expected the hex of a whole block`)
  return block
}

function blockOfHex(hex: string): RawBlock | undefined {
  const bytes = bytesOfHex(hex)
  const block = bytes === undefined ? undefined : readBlock(bytes)
  return block?.bytes.length === bytes?.length ? block : undefined
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === 'string')
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((entry) => Number.isInteger(entry))
}
