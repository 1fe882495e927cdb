import { describe, expect, it } from 'vitest'
import { MODELS } from '../../spec/index.ts'
import { explore } from './explore/explore.ts'

/** Distinct states and levels of each model. */
const COUNTS: Readonly<Record<string, readonly [number, number]>> = {
  'fork-choice': [2312, 7],
  deployment: [228, 9],
}

describe.each([...MODELS])('%s', (name, model) => {
  const exploration = explore(model)
  it('keeps what it promises of every state and step, and comes to its end', () => {
    expect([exploration.outcome, exploration.violation?.name]).toEqual(['complete', undefined])
  })
  it('has as many states as before', () => {
    expect([exploration.distinct, exploration.depth]).toEqual(COUNTS[name])
  })
  it('shows all that must be seen sometimes, and takes every action', () => {
    const never = Object.entries(exploration.sometimes).filter(([, count]) => count === 0)
    expect([...never, ...exploration.actions.filter(({ taken }) => taken === 0)]).toEqual([])
  })
})
