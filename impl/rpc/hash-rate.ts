import type { ChainLimits } from '../chains/index.ts'
import type { BlockNode } from '../chainstate/index.ts'
import { number16 } from './describe/block-json.ts'
import type { RawNumber } from './json.ts'

/** Hashes a second that made the `span` blocks up to `last`, as their times say; -1: since the last retarget. [Core GetNetworkHashPS] */
export function networkHashRate(last: BlockNode, limits: ChainLimits, span = 120): RawNumber {
  if (last.height === 0) return number16(0)
  const wanted = span === -1 ? (last.height % limits.retargetInterval) + 1 : span
  let first: BlockNode = last
  let earliest = last.time
  let latest = last.time
  for (let i = 0; i < Math.min(wanted, last.height); i++) {
    first = first.previous!
    earliest = Math.min(earliest, first.time)
    latest = Math.max(latest, first.time)
  }
  if (earliest === latest) return number16(0)
  return number16(Number(last.chainWork - first.chainWork) / (latest - earliest))
}
