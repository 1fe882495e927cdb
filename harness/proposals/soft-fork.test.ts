import { describe, expect, it } from 'vitest'
import { PROPOSALS } from '../../spec/index.ts'
import { searchHardFork } from './soft-fork.ts'

const BOUNDS = { seed: 1, words: 2, spends: 200, deliveries: 150 }

describe('searching for a hard fork', () => {
  it.each(PROPOSALS.map((upgrade) => [upgrade.id, upgrade] as const))('finds nothing in %s', (_, upgrade) =>
    expect(searchHardFork(upgrade, BOUNDS).witnesses).toEqual([]),
  )
})
