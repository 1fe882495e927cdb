import type { ChainParameters } from '../chains/index.ts'
import { foundRecords, type ReadableFiles, readRecord } from '../storage/index.ts'
import type { Hasher } from '../wire/index.ts'
import { inOrder, readBlock } from './block-order.ts'
import { describeMissing } from './restore.ts'

/** Where blocks are imported from, and what may stand below them. */
export interface ImportContext {
  /** Block files of a node of the same chain, in any order; every name that they list is read. */
  readonly files: ReadableFiles
  readonly chain: ChainParameters
  readonly hasher: Hasher
  /** Whether the node has accepted the block, or its header, by now. */
  isKnown(hash: Uint8Array): boolean
}

/**
 * The serialized blocks of some files, each after its parent; the genesis and blocks without a parent are left out. Each is to be
 * submitted before the next is asked for. At the end comes a line for the operator: how many there were, and what is
 * missing. [Core -loadblock]
 */
export function* importBlocks({
  files,
  chain,
  hasher,
  isKnown,
}: ImportContext): Generator<Uint8Array, string> {
  const names = files.list()
  const records = foundRecords(
    files,
    names,
    chain.magic,
    hasher,
    (record) => readBlock(record, hasher) !== undefined,
  )
  const blocks = inOrder(records, {
    hasher,
    isKnown,
    read: (position) => readRecord(files, names[position.file]!, position, hasher),
  })
  let found = 0
  for (let next = blocks.next(); ; next = blocks.next()) {
    if (next.done === true)
      return `${found + next.value.count} blocks in ${names.length} files${describeMissing(next.value)}`
    found++
    yield next.value.block.raw
  }
}
