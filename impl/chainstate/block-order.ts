import type { FoundRecord, RecordPosition } from '../storage/index.ts'
import { type Block, ByteReader, DecodeError, type Hasher, hashKey, parseBlock } from '../wire/index.ts'

/** A block that was found in the block files, and where. */
export interface FoundBlock {
  readonly block: Block
  readonly position: RecordPosition
}

/** How blocks are put in order. */
export interface OrderContext {
  readonly hasher: Hasher
  /** Whether blocks may stand on this one: the genesis, what was kept of the blocks so far, what was there before. */
  isKnown(hash: Uint8Array): boolean
  /** Reads a record again. */
  read(position: RecordPosition): Uint8Array | undefined
}

/** What could not be put after a parent. */
export interface BlocksWithoutParent {
  readonly count: number
  /** Hashes of the blocks that no record holds, or none that is whole; each once. */
  readonly missing: readonly Uint8Array[]
}

/** Records that wait for one block. */
interface Family {
  readonly parent: Uint8Array
  readonly children: { readonly key: string; readonly position: RecordPosition }[]
}

/**
 * The blocks of some records but a genesis, each after its parent; those whose parents are missing are counted at the end. Between two
 * of them the caller keeps the first, or not. A block that was recorded twice comes twice, because one of the copies may
 * be damaged. Only places are kept meanwhile.
 * [Core LoadExternalBlockFile]
 */
export function* inOrder(
  records: Iterable<FoundRecord>,
  context: OrderContext,
): Generator<FoundBlock, BlocksWithoutParent> {
  const { hasher } = context
  const waiting = new Map<string, Family>()
  for (const { position, record } of records) {
    const block = parseWhole(record, hasher)
    const { previousHash } = block.header
    if (previousHash.every((byte) => byte === 0)) continue
    if (!context.isKnown(previousHash)) {
      const parentKey = hashKey(previousHash)
      const family = waiting.get(parentKey) ?? { parent: previousHash.slice(), children: [] }
      family.children.push({ key: hashKey(block.hash), position })
      waiting.set(parentKey, family)
      continue
    }
    const ready: FoundBlock[] = [{ block, position }]
    for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
      yield next
      // A damaged copy may be followed by a whole one: until then its children wait.
      if (!context.isKnown(next.block.hash)) continue
      const key = hashKey(next.block.hash)
      ready.push(...readAgain(waiting.get(key), context).reverse())
      waiting.delete(key)
    }
  }
  return withoutParent([...waiting.values()])
}

function readAgain(family: Family | undefined, { read, hasher }: OrderContext): FoundBlock[] {
  return (family?.children ?? []).flatMap(({ position }) => {
    const record = read(position)
    return record === undefined ? [] : [{ block: parseWhole(record, hasher), position }]
  })
}

function withoutParent(families: readonly Family[]): BlocksWithoutParent {
  const children = families.flatMap((family) => family.children)
  const keys = new Set(children.map(({ key }) => key))
  const missing = families.map(({ parent }) => parent).filter((parent) => !keys.has(hashKey(parent)))
  return { count: children.length, missing }
}

/** The block in a record, or undefined when it holds none. */
export function readBlock(record: Uint8Array, hasher: Hasher): Block | undefined {
  try {
    return parseWhole(record, hasher)
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

/** Throws DecodeError. */
export function parseWhole(record: Uint8Array, hasher: Hasher): Block {
  return parseBlock(new ByteReader(record), hasher)
}
