import type { FoundRecord, RecordPosition } from '../storage/index.ts'
import { type Block, ByteReader, DecodeError, type Hasher, hashKey, parseBlock } from '../wire/index.ts'

/** A block that was found in the block files, and where. */
export interface FoundBlock {
  readonly block: Block
  readonly position: RecordPosition
}

/** How blocks are put in order. */
export interface OrderContext {
  /** Hash of the block that all others stand on. */
  readonly genesis: Uint8Array
  readonly hasher: Hasher
  /** Reads a record again. */
  read(position: RecordPosition): Uint8Array | undefined
}

/**
 * The blocks of some records, each once and after its parent; those whose parents are missing come last, in no order.
 * Only places are kept meanwhile. [Core LoadExternalBlockFile]
 */
export function* inOrder(records: Iterable<FoundRecord>, context: OrderContext): Generator<FoundBlock> {
  const { hasher } = context
  const seen = new Set([hashKey(context.genesis)])
  const waiting = new Map<string, RecordPosition[]>()
  for (const { position, record } of records) {
    const block = parse(record, hasher)
    if (!seen.has(hashKey(block.header.previousHash))) {
      const key = hashKey(block.header.previousHash)
      const siblings = waiting.get(key)
      if (siblings === undefined) waiting.set(key, [position])
      else siblings.push(position)
      continue
    }
    const ready: FoundBlock[] = [{ block, position }]
    for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
      const key = hashKey(next.block.hash)
      if (seen.has(key)) continue
      seen.add(key)
      yield next
      ready.push(...readAgain(waiting.get(key) ?? [], context))
      waiting.delete(key)
    }
  }
  for (const positions of waiting.values()) yield* readAgain(positions, context)
}

function readAgain(positions: readonly RecordPosition[], { read, hasher }: OrderContext): FoundBlock[] {
  return positions.flatMap((position) => {
    const record = read(position)
    return record === undefined ? [] : [{ block: parse(record, hasher), position }]
  })
}

/** The block in a record, or undefined when it holds none. */
export function readBlock(record: Uint8Array, hasher: Hasher): Block | undefined {
  try {
    return parse(record, hasher)
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

function parse(record: Uint8Array, hasher: Hasher): Block {
  return parseBlock(new ByteReader(record), hasher)
}
