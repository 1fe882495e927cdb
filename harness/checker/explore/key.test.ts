import { describe, expect, it } from 'vitest'
import { CLASSICS } from '../classics/index.ts'
import { explore } from './explore.ts'
import { reach, stateKeys } from './key.ts'

const { model } = CLASSICS.get('two-phase')!

describe('keys of states', () => {
  it('are as many as there are states up to names, and are found from any of the states', () => {
    const reached = reach(model)
    expect(reached.count).toBe(80)
    const { states, layout } = explore(model).space
    const keyOf = stateKeys(model)
    const keys = Array.from({ length: states.count }, (_, number) =>
      keyOf(layout.read(states.arena, number * layout.width)),
    )
    expect(keys).toHaveLength(288)
    expect(new Set(keys).size).toBe(80)
    expect(new Set(keys.map((key) => reached.find(key))).size).toBe(80)
  })
  it('are not found when the model does not reach the state', () => {
    const { find } = reach(model)
    const aborted = stateKeys(model)({ ...model.init[0]!, coordinator: 'aborted' })
    expect([find(aborted), find('nonsense'), find('1 2 3 4 5')]).toEqual([undefined, undefined, undefined])
  })
})
