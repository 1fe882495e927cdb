import { describe, expect, it } from 'vitest'
import { MODELS } from '../../../spec/index.ts'
import { CLASSICS } from '../classics/index.ts'
import { explore } from '../explore/explore.ts'
import { createChance } from '../walk/chance.ts'
import { type Observation, validate } from './validate.ts'

const jugs = CLASSICS.get('jugs')!.model
const network = MODELS.get('network')!

describe('what was observed', () => {
  it('is a behaviour when every step is explained', () => {
    const { trace } = explore(jugs).violation!
    const observations = trace
      .slice(1)
      .map(({ happened, state }) => ({ action: happened!.action, after: state }))
    expect(validate(jugs, { small: 0, big: 0 }, observations)).toEqual({ isBehaviour: true, states: 1 })
  })
  it('may leave out what nobody saw', () => {
    const observations: Observation[] = [{ after: { big: 5 } }, {}, {}, {}, {}, { after: { big: 4 } }]
    expect(validate(jugs, {}, observations)).toMatchObject({ isBehaviour: true })
    expect(validate(jugs, {}, observations.toSpliced(2, 1))).toMatchObject({
      isBehaviour: false,
      explained: 4,
    })
  })
  it('is refused when it begins otherwise', () => {
    expect(validate(jugs, { big: 1 }, [])).toMatchObject({
      isBehaviour: false,
      explained: 0,
      reasons: ['no initial state is like this'],
    })
  })
})

describe('what is not explained', () => {
  const mined: Observation = { action: 'Mine', choice: { miner: 'n1', payment: 'none' } }
  it('names the conjunct that is false, after the longest prefix that is explained', () => {
    const known = { action: 'Receive', choice: { node: 'n2', block: 1 } }
    expect(validate(network, {}, [mined, known])).toMatchObject({ isBehaviour: true })
    expect(validate(network, {}, [mined, { action: 'Cut', choice: { far: ['n2'] } }, known])).toMatchObject({
      isBehaviour: false,
      explained: 2,
      observation: known,
      reasons: ['Receive(node: n2, block: 1): somebodyHasIt is false'],
    })
  })
  it('names the variable that differs', () => {
    const validation = validate(network, {}, [{ ...mined, after: { tip: { n1: 0, n2: 0 } } }])
    expect(validation).toMatchObject({
      explained: 0,
      reasons: ['Mine(miner: n1, payment: none): tip is {"n1":1,"n2":0}, observed {"n1":0,"n2":0}'],
    })
  })
  it('says when there is no such action', () => {
    expect(validate(network, {}, [{ action: 'Sleep' }])).toMatchObject({
      reasons: ['the model has no such action and choice'],
    })
  })
  it('is found in a long run, where one step in the middle is left out', () => {
    const chance = createChance(4)
    let state = network.init[0]!
    const observations: Observation[] = []
    for (let step = 0; step < 9; step++) {
      const possible = network.actions.flatMap((action) =>
        action.choices.flatMap((choice) =>
          action.conjuncts.every(({ holds }) => Number(holds(state, choice)) > 0) ? [{ action, choice }] : [],
        ),
      )
      const { action, choice } = possible[chance(possible.length)]!
      state = { ...state, ...action.next(state, choice) }
      observations.push({ action: action.name, choice: choice as Observation['choice'], after: state })
    }
    expect(validate(network, {}, observations)).toMatchObject({ isBehaviour: true })
    for (let left = 0; left < 8; left++)
      expect(validate(network, {}, observations.toSpliced(left, 1))).toMatchObject({ isBehaviour: false })
  })
})
