import type { Upgrade } from '../../spec/index.ts'
import { activationOf, type Change } from './in-force.ts'
import type { HardForkWitness, SearchBounds, SoftForkSearch } from './search.ts'
import { searchBlocks } from './search-blocks.ts'
import { searchSpends } from './search-spends.ts'
import { searchTinySpends } from './tiny-spends.ts'

/** Searches for what is valid with the draft and invalid without it. */
export function searchHardFork(
  draft: Upgrade,
  bounds: SearchBounds,
  progress: (done: number) => void = () => {},
): SoftForkSearch {
  return searchChange(activationOf(draft), bounds, progress)
}

/** Searches for what is valid after a change and invalid before: all small spends, then spends and blocks by chance. */
export function searchChange(
  change: Change,
  bounds: SearchBounds,
  progress: (done: number) => void = () => {},
): SoftForkSearch {
  const header = unreadableHeader(change.subject)
  if (header !== undefined)
    return {
      witnesses: [header],
      tried: { tiny: 0, spends: 0, deliveries: 0 },
      forbidden: { spends: 0, blocks: 0 },
    }
  const tiny = searchTinySpends(change, bounds.words)
  const drawn = tiny.witness === undefined ? searchSpends(change, bounds) : undefined
  const blocks = searchBlocks(change, bounds, progress)
  const spend = tiny.witness ?? drawn?.witness
  return {
    witnesses: [...(spend === undefined ? [] : [spend]), ...blocks.witnesses],
    tried: { tiny: tiny.tried, spends: drawn?.tried ?? 0, deliveries: blocks.delivered },
    forbidden: { spends: tiny.forbidden + (drawn?.forbidden ?? 0), blocks: blocks.forbidden },
  }
}

/** The first header of another size: nobody can read it today. */
function unreadableHeader({ headerBytes, firstHeader }: Upgrade): HardForkWitness | undefined {
  if (headerBytes === undefined || headerBytes === HEADER_BYTES) return undefined
  return {
    kind: 'header',
    bytes: firstHeader ?? '00'.repeat(headerBytes),
    message: `a header of ${headerBytes} bytes; today every header has ${HEADER_BYTES}`,
  }
}

const HEADER_BYTES = 80
