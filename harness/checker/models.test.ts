import { describe, expect, it } from 'vitest'
import { MODELS, type Module } from '../../spec/index.ts'
import { check } from './check.ts'
import { onlyProperty } from './only-property.ts'

/** Distinct states and levels of each model, with its own constants and those of presets that are small. */
const COUNTS: readonly (readonly [model: string, preset: string, distinct: number, depth: number])[] = [
  ['fork-choice', '', 2312, 7],
  ['network', '', 24_204, 12],
  ['run', '', 18_114, 11],
  ['ledger', '', 18, 5],
  ['block-lattice', '', 97, 5],
  ['block-lattice', 'tiny', 37, 4],
  ['lock-time', '', 172, 7],
  ['lock-time', 'height', 259, 7],
  ['deployment', '', 228, 9],
  ['spv', '', 151, 11],
  ['spv', 'tiny', 61, 9],
  ['store', '', 193, 12],
  ['store', 'tiny', 44, 9],
  ['header-presync', '', 23, 7],
  ['header-presync', 'tiny', 16, 5],
]

/** What each flaw violates, and how many states the shortest way there has; for a behaviour, the whole of it. */
const FLAWS: readonly (readonly [model: string, flaw: string, violated: string, states: number])[] = [
  ['network', 'takes-ties', 'tipMovesToMoreWork', 4],
  ['network', 'forgets', 'tipHasMostWork', 4],
  ['network', 'spends-twice', 'ledger of n1', 3],
  ['network', 'deaf-after-crash', 'allAgreeAtLast', 6],
  ['run', 'last-seen-wins', 'tipMovesToMoreWork', 5],
  ['run', 'forgets', 'stoppedNodesForgetNothing', 5],
  ['run', 'asks-nobody', 'nobodyInventsABlock', 3],
  ['ledger', 'no-conflict-check', 'noCoinIsSpentTwice', 4],
  ['ledger', 'undo-forgets-inputs', 'unspentFollowsFromJournal', 4],
  ['ledger', 'fee-unposted', 'debitsEqualCredits', 3],
  ['block-lattice', 'signatures-only', 'debitsEqualCredits', 3],
  ['lock-time', 'keeps-premature', 'poolIsFinal', 6],
  ['lock-time', 'own-time', 'poolIsFinal', 3],
  ['spv', 'first-peer', 'takesNoPaymentThatIsNotMade', 9],
  ['spv', 'majority-lies', 'takesNoPaymentThatIsNotMade', 6],
  ['store', 'no-mark', 'coinsAreOfOneHeight', 6],
  ['store', 'coins-first', 'coinsHaveTheirBlocks', 4],
  ['store', 'no-repair', 'coinsAreOfOneHeight', 6],
  ['header-presync', 'stores-at-once', 'storesNothingBeforeThereIsEnough', 2],
  ['header-presync', 'no-commitments', 'storesFewCheapHeaders', 7],
]

const modelOf = (name: string, preset: string) => {
  const model = MODELS.get(name)!
  return preset === '' ? model : model.withPreset(preset)
}

describe.each(COUNTS)('%s %s', (name, preset, distinct, depth) => {
  const checked = check(modelOf(name, preset))
  it('keeps what it promises of states, steps and behaviours', () => {
    expect([checked.outcome, checked.violation?.name]).toEqual(['complete', undefined])
  })
  it('has as many states as before', () => {
    expect([checked.distinct, checked.depth]).toEqual([distinct, depth])
  })
  it('shows all that must be seen sometimes, and takes every action', () => {
    const never = Object.entries(checked.sometimes).filter(([, count]) => count === 0)
    expect([...never, ...checked.actions.filter(({ taken }) => taken === 0)]).toEqual([])
  })
})

describe('a flaw is found', () => {
  it.each(FLAWS)('%s: %s', (name, flaw, violated, states) => {
    const { violation } = check(modelOf(name, `flaw: ${flaw}`))
    expect([violation?.name, violation?.trace.length]).toEqual([violated, states])
  })
  it('and each flaw that a model offers is tried here', () => {
    const offered = [...MODELS].flatMap(([name, { presets }]) =>
      presets.filter((preset) => preset.startsWith('flaw: ')).map((preset) => `${name} ${preset}`),
    )
    expect(FLAWS.map(([name, flaw]) => `${name} flaw: ${flaw}`).sort()).toEqual(offered.sort())
  })
})

describe('the network model implements the ledger model', () => {
  const ledgers = (model: Module<object>) => ({ ...model, invariants: {}, properties: {} })
  it('in which one step of a reorganisation is two', () => {
    const model = ledgers(modelOf('network', ''))
    expect(Object.keys(model.refinements)).toEqual(['ledger of n1', 'ledger of n2'])
    expect(check(model).outcome).toBe('complete')
    const hasty = Object.fromEntries(
      Object.entries(model.refinements).map(([name, refinement]) => [name, { ...refinement, stepsMax: 1 }]),
    )
    const { violation } = check({ ...model, refinements: hasty })
    expect([violation?.kind, violation?.trace.at(-1)?.happened?.action]).toEqual(['refinement', 'Receive'])
  })
  it('and the flaw that spends twice breaks the invariant as well', () => {
    const model = onlyProperty(modelOf('network', 'flaw: spends-twice'), 'noBranchSpendsTwice')
    expect(check(model).violation?.trace).toHaveLength(3)
  })
})

it('every model has counts', () => {
  expect([...new Set(COUNTS.map(([name]) => name))].sort()).toEqual([...MODELS.keys()].sort())
})
