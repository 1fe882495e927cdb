import { describe, expect, it } from 'vitest'
import { PROPOSALS } from '../../spec/index.ts'
import { findConfiscation } from './confiscation.ts'
import { searchHardFork } from './soft-fork.ts'

const BOUNDS = { seed: 1, words: 2, spends: 200, deliveries: 150 }

describe('searching for a hard fork', () => {
  const softForks = PROPOSALS.filter(({ headerBytes }) => headerBytes === undefined)
  it.each(softForks.map((upgrade) => [upgrade.id, upgrade] as const))('finds nothing in %s', (_, upgrade) =>
    expect(searchHardFork(upgrade, BOUNDS).witnesses).toEqual([]),
  )
  it('shows the first header of 164 bytes', () => {
    const blake2b = PROPOSALS.find(({ id }) => id === 'blake2b')!
    const { witnesses } = searchHardFork(blake2b, BOUNDS)
    expect(witnesses).toEqual([
      {
        kind: 'header',
        bytes: expect.stringMatching(/^01000080[0-9a-f]{320}$/),
        message: 'a header of 164 bytes; today every header has 80',
      },
    ])
    expect(findConfiscation(blake2b)).toMatchObject({ confiscated: [], tried: 24 })
    expect(findConfiscation(blake2b).replayable).toHaveLength(24)
  })
})
