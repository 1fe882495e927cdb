import { describe, expect, it } from 'vitest'
import { CLASSICS } from '../classics/index.ts'
import { explore } from './explore.ts'
import { reachableStates, stateKeys } from './key.ts'

const { model } = CLASSICS.get('two-phase')!

describe('keys of states', () => {
  it('are as many as there are states up to names, and are found from any of the states', () => {
    const keys = new Set([...reachableStates(model)].map(({ key }) => key))
    expect(keys.size).toBe(80)
    const { states, layout } = explore(model).space
    const keyOf = stateKeys(model)
    const found = Array.from({ length: states.count }, (_, number) =>
      keyOf(layout.read(states.arena, number * layout.width)),
    )
    expect(found).toHaveLength(288)
    expect(new Set(found)).toEqual(keys)
  })
})
