import type { Header } from './block.ts'
import type { Hash } from './hash.ts'
import type { Height } from './height.ts'

/** A block's place in the tree of headers. Everything below it is reachable; nothing above it is known. */
export interface Branch {
  readonly hash: Hash
  readonly header: Header
  readonly height: Height
  /** Expected number of hashes from genesis to here. */
  readonly chainWork: bigint
  /** Absent at genesis only. */
  readonly parent?: Branch
}

/** The block at `height` on the way down from `branch`; undefined above it. */
export function ancestorAt(branch: Branch, height: number): Branch | undefined {
  let at: Branch | undefined = branch
  while (at !== undefined && at.height > height) at = at.parent
  return at?.height === height ? at : undefined
}

/** The median of the times of the last `span` blocks, `branch` included; of an even number, the later. [Core GetMedianTimePast] */
export function medianTimePast(branch: Branch, span: number): number {
  const times: number[] = []
  for (let at: Branch | undefined = branch; at !== undefined && times.length < span; at = at.parent)
    times.push(at.header.time)
  times.sort((left, right) => left - right)
  return times[Math.floor(times.length / 2)]!
}
