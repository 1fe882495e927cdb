import { describe, expect, it } from 'vitest'
import { CANARIES } from './canaries.ts'
import { searchChange } from './soft-fork.ts'

const BOUNDS = { seed: 2, words: 2, spends: 200, deliveries: 500 }

describe('a change of which the kind is known', () => {
  it.each(CANARIES.map((canary) => [canary.name, canary] as const))('%s', (_, { isHardFork, change }) => {
    const { witnesses, forbidden } = searchChange(change, BOUNDS)
    // A search that never met what a soft fork forbids has found out nothing about it.
    if (!isHardFork) expect(forbidden.spends + forbidden.blocks).toBeGreaterThan(0)
    expect(witnesses.length > 0, JSON.stringify(witnesses[0])?.slice(0, 600)).toBe(isHardFork)
  })
})
