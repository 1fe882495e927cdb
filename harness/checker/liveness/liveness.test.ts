import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Fairness, type Property, strong, type Temporal, weak } from '../../../spec/index.ts'
import { explore } from '../explore/explore.ts'
import type { Trace } from '../explore/trace.ts'
import { type Arrow, type DrawnGraph, graphModel, type Place } from '../testing.ts'
import { violatingBehaviour } from './liveness.ts'
import type { LivenessProperty } from './query.ts'

type Only = (temporal: Temporal<Place>) => Property<Place>

function behaviourAgainst(drawn: Omit<DrawnGraph, 'properties'>, property: Only): Trace<Place> | undefined {
  const model = graphModel({ ...drawn, properties: (temporal) => ({ property: property(temporal) }) })
  const { space } = explore(model, { keepSteps: true })
  return violatingBehaviour(model, space, model.properties.property as LivenessProperty<Place>)
}

/** The numbers of the states of a behaviour, and the one on which it goes on. */
function shape(
  trace: Trace<Place> | undefined,
): readonly [readonly number[], number | undefined] | undefined {
  return trace && [trace.map(({ state }) => state.at), trace.at(-1)!.loop?.to]
}

const isAt =
  (...places: readonly number[]) =>
  ({ at }: Place) =>
    places.includes(at)

describe('mistakes that other checkers made', () => {
  it('a behaviour may stutter: without fairness nothing need happen', () => {
    const graph = { count: 2, init: [0], arrows: [['A', 0, 1]] as Arrow[] }
    const property: Only = ({ eventually }) => eventually(isAt(1))
    expect(shape(behaviourAgainst(graph, property))).toEqual([[0], 0])
    expect(behaviourAgainst({ ...graph, fairness: [weak(['A'])] }, property)).toBeUndefined()
  })
  it('fairness is judged on the round that violates, not on the whole component around it', () => {
    // 0 and 1 go round; 2 is part of their component, and the only place where C is possible.
    const arrows: Arrow[] = [
      ['A', 0, 1],
      ['A', 1, 0],
      ['B', 1, 2],
      ['C', 2, 0],
    ]
    const property: Only = ({ infinitelyOften }) => infinitelyOften(isAt(2))
    const graph = { count: 3, init: [0], arrows }
    expect(shape(behaviourAgainst({ ...graph, fairness: [weak(['A']), weak(['B'])] }, property))).toEqual([
      [0, 1],
      0,
    ])
    // In 0 no B is possible, so that weak fairness does not ask for it; strong fairness does.
    expect(behaviourAgainst({ ...graph, fairness: [weak(['A']), strong(['B'])] }, property)).toBeUndefined()
  })
  it('strong fairness takes out the states in which it fails, and looks at what is left', () => {
    const arrows: Arrow[] = [
      ['A', 0, 1],
      ['A', 1, 0],
      ['A', 1, 2],
      ['A', 2, 1],
      ['B', 2, 3],
    ]
    const property: Only = ({ eventually }) => eventually(isAt(3))
    const trace = behaviourAgainst(
      { count: 4, init: [2], arrows, fairness: [weak(['A']), strong(['B'])] },
      property,
    )
    expect(shape(trace)).toEqual([[2, 1, 0], 1])
  })
  it('eventually always is judged, not dropped', () => {
    const graph = {
      count: 2,
      init: [0],
      arrows: [
        ['A', 0, 1],
        ['A', 1, 0],
      ] as Arrow[],
      fairness: [weak(['A'])],
    }
    const property: Only = ({ eventuallyAlways }) => eventuallyAlways(isAt(1))
    expect(shape(behaviourAgainst(graph, property))).toEqual([[0, 1], 0])
    expect(behaviourAgainst({ ...graph, arrows: [['A', 0, 1]] }, property)).toBeUndefined()
  })
  it('a counterexample is a round, not a component printed in some order', () => {
    const arrows: Arrow[] = [
      ['A', 0, 1],
      ['A', 1, 2],
      ['A', 2, 0],
      ['A', 1, 3],
      ['A', 3, 1],
      ['B', 3, 3],
    ]
    const trace = behaviourAgainst(
      { count: 4, init: [0], arrows, fairness: [weak(['A'])] },
      ({ assuming, infinitelyOften, eventually }) =>
        assuming(
          [infinitelyOften(isAt(2)), infinitelyOften(isAt(3))],
          eventually(() => false),
        ),
    )!
    const places = [...trace.map(({ state }) => state.at), trace[trace.at(-1)!.loop!.to]!.state.at]
    for (const [index, at] of places.slice(1).entries())
      expect(arrows.map(([, from, to]) => `${from} ${to}`)).toContain(`${places[index]} ${at}`)
    expect(new Set(places.slice(trace.at(-1)!.loop!.to))).toEqual(new Set([0, 1, 2, 3]))
  })
  it('eventually is not judged by the ends of the graph alone: a round may avoid it', () => {
    const arrows: Arrow[] = [
      ['A', 0, 1],
      ['A', 1, 0],
      ['B', 0, 2],
    ]
    const property: Only = ({ eventually }) => eventually(isAt(2))
    const fairness = [weak(['A', 'B'])]
    expect(shape(behaviourAgainst({ count: 3, init: [0], arrows, fairness }, property))).toEqual([[0, 1], 0])
  })
  it('a step that changes nothing meets no fairness, and makes nothing possible', () => {
    const arrows: Arrow[] = [
      ['A', 0, 0],
      ['B', 0, 1],
    ]
    const property: Only = ({ eventually }) => eventually(isAt(1))
    const graph = { count: 2, init: [0], arrows }
    expect(shape(behaviourAgainst({ ...graph, fairness: [weak(['A'])] }, property))).toEqual([[0], 0])
    expect(behaviourAgainst({ ...graph, fairness: [weak(['A', 'B'])] }, property)).toBeUndefined()
  })
  it('fairness for each process is not fairness for all of them together', () => {
    const arrows: Arrow[] = [
      ['A', 0, 1],
      ['A', 1, 0],
      ['A', 0, 2],
    ]
    const property: Only = ({ eventually }) => eventually(isAt(2))
    const graph = { count: 3, init: [0], arrows }
    expect(behaviourAgainst({ ...graph, fairness: [weak(['A'])] }, property)).toBeDefined()
    const perTarget = (strength: typeof weak) => [strength(['A'], ({ to }) => to)]
    expect(behaviourAgainst({ ...graph, fairness: perTarget(weak) }, property)).toBeDefined()
    expect(behaviourAgainst({ ...graph, fairness: perTarget(strong) }, property)).toBeUndefined()
  })
})

describe('properties of the steps at the end', () => {
  const graph = {
    count: 2,
    init: [0],
    arrows: [
      ['A', 0, 1],
      ['B', 1, 0],
    ] as Arrow[],
    fairness: [weak(['A'])],
  }
  it('are violated by a round with another step', () => {
    const onlyA: Only = ({ eventuallyOnlySteps }) =>
      eventuallyOnlySteps((_before, _after, { action }) => action === 'A')
    expect(shape(behaviourAgainst(graph, onlyA))).toEqual([[0, 1], 0])
  })
  it('may be assumed', () => {
    const noB: Only = ({ assuming, eventuallyOnlySteps, eventuallyAlways }) =>
      assuming(
        [eventuallyOnlySteps((_before, _after, { action }) => action !== 'B')],
        eventuallyAlways(isAt(1)),
      )
    expect(behaviourAgainst(graph, noB)).toBeUndefined()
    expect(behaviourAgainst({ ...graph, fairness: [] }, noB)).toBeDefined()
  })
})

const COUNT = 5
const places = fc.subarray([0, 1, 2, 3, 4], { minLength: 1 })
const arrow = fc.tuple(fc.constantFrom('A', 'B'), fc.nat(COUNT - 1), fc.nat(COUNT - 1)) as fc.Arbitrary<Arrow>
const fairness = fc.constantFrom<Fairness>(
  weak(['A']),
  strong(['A']),
  weak(['B']),
  strong(['B']),
  weak(['A', 'B']),
  strong(['A'], ({ to }) => to % 2),
  weak(['B'], ({ to }) => to % 2),
)
const graphs = fc.record({
  count: fc.constant(COUNT),
  init: fc.subarray([0, 1], { minLength: 1 }),
  arrows: fc.array(arrow, { minLength: 3, maxLength: 12 }),
  fairness: fc.array(fairness, { maxLength: 3 }),
})
const kinds = fc.constantFrom('eventually', 'leads-to', 'infinitely-often', 'eventually-always', 'assuming')

/** Every set of states in which a behaviour can stay for ever, whether fair or not: all subsets are tried. */
function fairRounds({
  arrows,
  fairness = [],
}: Omit<DrawnGraph, 'properties'>): readonly (readonly number[])[] {
  const moving = arrows.filter(([, from, to]) => from !== to)
  const demands = fairness.flatMap(({ strength, actions, per }) => {
    const ofDemand = moving.filter(([name]) => actions.includes(name))
    const keyOf = ([, at, to]: Arrow) => per?.({ at, to }) ?? ''
    const keys = [...new Set(ofDemand.map(keyOf))]
    return keys.map((key) => ({ strength, meets: ofDemand.filter((entry) => keyOf(entry) === key) }))
  })
  return Array.from({ length: 2 ** COUNT - 1 }, (_, bits) =>
    [0, 1, 2, 3, 4].filter((place) => ((bits + 1) >> place) & 1),
  ).filter((round) => {
    const isInside = ([, from, to]: Arrow) => round.includes(from) && round.includes(to)
    const inside = moving.filter(isInside)
    if (!round.every((from) => round.every((to) => reachableFrom([from], inside).includes(to)))) return false
    return demands.every(({ strength, meets }) => {
      const isTaken = meets.some(isInside)
      const enabledIn = round.filter((place) => meets.some(([, from]) => from === place))
      return isTaken || (strength === 'weak' ? enabledIn.length < round.length : enabledIn.length === 0)
    })
  })
}

function reachableFrom(sources: readonly number[], arrows: readonly Arrow[]): readonly number[] {
  const found = [...sources]
  for (const at of found)
    for (const [, from, to] of arrows) if (from === at && !found.includes(to)) found.push(to)
  return found
}

/** Whether some fair behaviour violates the property, found by trying all rounds and all states before them. */
function isViolated(
  graph: Omit<DrawnGraph, 'properties'>,
  kind: string,
  some: readonly number[],
  others: readonly number[],
): boolean {
  const avoiding = (goal: readonly number[]) =>
    graph.arrows.filter(([, from, to]) => !goal.includes(from) && !goal.includes(to))
  const all = reachableFrom(graph.init, graph.arrows)
  const isReachedFrom =
    (sources: readonly number[], arrows: readonly Arrow[]) => (round: readonly number[]) =>
      reachableFrom(sources, arrows).some((place) => round.includes(place))
  const rounds = fairRounds(graph)
  const avoids = (goal: readonly number[]) => (round: readonly number[]) =>
    !round.some((place) => goal.includes(place))
  switch (kind) {
    case 'eventually': {
      const sources = graph.init.filter((place) => !some.includes(place))
      return rounds.filter(avoids(some)).some(isReachedFrom(sources, avoiding(some)))
    }
    case 'leads-to': {
      const sources = all.filter((place) => others.includes(place) && !some.includes(place))
      return rounds.filter(avoids(some)).some(isReachedFrom(sources, avoiding(some)))
    }
    case 'infinitely-often':
      return rounds.filter(avoids(some)).some(isReachedFrom(all, graph.arrows))
    case 'eventually-always':
      return rounds
        .filter((round) => !round.every((place) => some.includes(place)))
        .some(isReachedFrom(all, graph.arrows))
    default:
      return rounds
        .filter(avoids(some))
        .filter((round) => round.some((place) => others.includes(place)))
        .some(isReachedFrom(all, graph.arrows))
  }
}

const propertyOf =
  (kind: string, some: readonly number[], others: readonly number[]): Only =>
  ({ eventually, leadsTo, infinitelyOften, eventuallyAlways, assuming }) => {
    if (kind === 'eventually') return eventually(isAt(...some))
    if (kind === 'leads-to') return leadsTo(isAt(...others), isAt(...some))
    if (kind === 'infinitely-often') return infinitelyOften(isAt(...some))
    if (kind === 'eventually-always') return eventuallyAlways(isAt(...some))
    return assuming(
      [infinitelyOften(isAt(...others))],
      leadsTo(() => true, isAt(...some)),
    )
  }

describe('on graphs drawn by chance', () => {
  it('finds a behaviour exactly where trying all sets of states finds one, and it is fair and violates', () => {
    fc.assert(
      fc.property(graphs, kinds, places, places, (graph, kind, some, others) => {
        const trace = behaviourAgainst(graph, propertyOf(kind, some, others))
        expect(trace !== undefined).toBe(isViolated(graph, kind, some, others))
        if (trace === undefined) return
        const at = trace.map(({ state }) => state.at)
        const round = at.slice(trace.at(-1)!.loop!.to)
        const stepsOf = (list: readonly number[]) => list.slice(1).map((to, index) => [list[index]!, to])
        for (const [from, to] of [...stepsOf(at), ...stepsOf([...round, round[0]!])])
          expect(from === to || graph.arrows.some((entry) => entry[1] === from && entry[2] === to)).toBe(true)
        expect(graph.init).toContain(at[0])
        const arrows = graph.arrows.filter(([, from, to]) =>
          stepsOf([...round, round[0]!]).some((step) => step[0] === from && step[1] === to),
        )
        const elsewhere = graph.arrows.filter(([, from, to]) => !(round.includes(from) && round.includes(to)))
        expect(fairRounds({ ...graph, arrows: [...arrows, ...elsewhere] })).toContainEqual(
          [...new Set(round)].sort(),
        )
        if (kind !== 'eventually-always') expect(round.some((place) => some.includes(place))).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })
})
