import { hashToHex } from '../wire/index.ts'
import type { Acceptance } from './acceptance.ts'
import type { BlocksWithoutParent } from './block-order.ts'
import type { OpenedState } from './open.ts'

/**
 * Judges all blocks of the block files again, after everything else was lost. What the operator should know of it, in
 * one line; undefined when there are no blocks.
 */
export function restoreBlocks(
  { tree, blocks, fault }: OpenedState,
  acceptance: Acceptance,
): string | undefined {
  let found = 0
  let kept = 0
  const search = blocks.found((hash) => tree.get(hash) !== undefined)
  for (let next = search.next(); ; next = search.next()) {
    if (next.done === true) {
      const total = found + next.value.count
      if (total === 0) return undefined
      return `${fault}: ${kept} of ${total} blocks of the block files are judged again${describeMissing(next.value)}`
    }
    const { outcome } = acceptance.restoreBlock(next.value)
    if (outcome !== 'duplicate') found++
    if (outcome === 'stored') kept++
  }
}

/** What is missing below some blocks, as the end of a line; empty when nothing is. */
export function describeMissing({ count, missing }: BlocksWithoutParent): string {
  if (count === 0) return ''
  const [first] = missing
  const others = missing.length > 1 ? ` and ${missing.length - 1} other blocks` : ''
  return `; ${count} wait for block ${hashToHex(first!)}${others}, of which there is no whole copy`
}
