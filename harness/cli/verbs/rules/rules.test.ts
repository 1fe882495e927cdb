import { describe, expect, it } from 'vitest'
import { chainByName } from '../../../../spec/index.ts'
import { ruleSetAt } from './resolve-at.ts'

const completeness = (chain: string, at: number) => {
  const { isComplete, specifiedBelowHeight } = ruleSetAt(chainByName(chain)!, String(at))
  return { isComplete, specifiedBelowHeight }
}

describe('the rules of a height', () => {
  it.each([
    [2_265_983, true],
    [2_265_984, false],
    [3_000_000, false],
  ])('of Litecoin at %i: complete is %s', (at, isComplete) => {
    expect(completeness('litecoin', at)).toEqual({ isComplete, specifiedBelowHeight: 2_265_984 })
  })
  it('of Bitcoin are complete', () => {
    expect(completeness('bitcoin', 0x7fffffff)).toEqual({
      isComplete: true,
      specifiedBelowHeight: undefined,
    })
  })
})
