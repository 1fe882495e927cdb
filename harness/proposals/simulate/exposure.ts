import type { Upgrade } from '../../../spec/index.ts'
import { findConfiscation } from '../confiscation.ts'
import { EdgeChain } from '../fill/edge-chain.ts'
import { scanBlocks } from '../scan-blocks.ts'
import { SPEND_TEMPLATES } from '../templates.ts'

/** How often a miner that knows nothing of a draft breaks it, and from what that is known. */
export interface Exposure {
  readonly kind: 'every block' | 'ordinary spends' | 'on purpose'
  /** Share of the blocks of such miners. */
  readonly violating: number
  readonly because: string
  /** Its blocks cannot be read by others. */
  readonly isUnreadable: boolean
}

/** Somebody who wants to break a draft pays a miner for a block in so many: nothing is known of it. */
const ON_PURPOSE = 0.001
const FROM = 8

/** What a draft makes of an empty block of today, of ordinary spends, and of real blocks where such files are given. @throws FileError */
export function exposureOf(draft: Upgrade, blockPlaces: readonly string[] = []): Exposure {
  if (draft.headerBytes !== undefined || draft.proofOfWork !== undefined)
    return {
      kind: 'every block',
      violating: 1,
      because: 'headers of today are none under it',
      isUnreadable: true,
    }
  const chain = new EdgeChain(draft, { base: 'tiny' }, FROM)
  const { verdict } = chain.deliver(chain.onTop(chain.trunk(FROM - 1)))
  if (verdict.outcome === 'rejected')
    return {
      kind: 'every block',
      violating: 1,
      because: `it rejects an empty block of today: ${verdict.reason}`,
      isUnreadable: false,
    }
  const relayed = new Set(SPEND_TEMPLATES.filter(({ isRelayed }) => isRelayed).map(({ name }) => name))
  const lost = findConfiscation(draft).confiscated.filter(({ template }) => relayed.has(template))
  const [first] = lost
  const kind = first === undefined ? 'on purpose' : 'ordinary spends'
  const why =
    first === undefined
      ? 'nothing that nodes relay today is forbidden: a miner has to be asked to break it'
      : `it forbids what nodes relay today: ${first.template}`
  if (blockPlaces.length > 0) {
    const { blocks, firingBlocks } = scanBlocks(draft, blockPlaces)
    const counted = `${firingBlocks} of ${blocks} real blocks break it`
    if (firingBlocks > 0)
      return { kind, violating: firingBlocks / blocks, because: `${why}; ${counted}`, isUnreadable: false }
    return { kind, violating: ON_PURPOSE, because: `${why}; ${counted}`, isUnreadable: false }
  }
  return {
    kind,
    violating: first === undefined ? ON_PURPOSE : 1,
    because: `${why}${first === undefined ? `; one block in ${1 / ON_PURPOSE} is assumed` : '; a full block is taken to hold one'}`,
    isUnreadable: false,
  }
}
