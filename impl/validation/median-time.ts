import type { ChainLink } from './proof-of-work.ts'

/** The median of the times of a block and the blocks before it, `span` in all. [BIP113; Core CBlockIndex::GetMedianTimePast] */
export function medianTimePast(tip: ChainLink, span: number): number {
  const times: number[] = []
  for (let link: ChainLink | undefined = tip; link !== undefined && times.length < span; link = link.previous)
    insertSorted(times, link.time)
  return times[times.length >> 1]!
}

function insertSorted(times: number[], time: number): void {
  let i = times.length
  while (i > 0 && times[i - 1]! > time) {
    times[i] = times[i - 1]!
    i--
  }
  times[i] = time
}
