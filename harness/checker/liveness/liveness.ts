import type { Module, StepPredicate } from '../../../spec/index.ts'
import type { Space } from '../explore/space.ts'
import { entryOf, happeningOf, pathTrace, type Trace, traceTo, wordsOf } from '../explore/trace.ts'
import { type Demands, demandsOf } from './fairness.ts'
import { eachEdge, type Graph, graphOf, type Part } from './graph.ts'
import { type FairComponent, fairComponents, type Wanted } from './judge.ts'
import { roundIn, sourceOf } from './lasso.ts'
import { type LivenessProperty, type Query, violationsOf } from './query.ts'

/**
 * A behaviour that is fair and violates a property, as a trace whose last entry says from where it goes on; undefined
 * when there is none. The space must be whole and have its steps.
 */
export function violatingBehaviour<State extends object>(
  model: Module<State>,
  space: Space<State>,
  property: LivenessProperty<State>,
): Trace<State> | undefined {
  const graph = graphOf(space.steps!)
  const query = violationsOf(property)
  const reached = reach(graph, space, query)
  const marks = query.within.map((holds) => marksOf(space, holds))
  const happenings = stepsOf(model).map((step) => happeningOf(model, step))
  const stateOf = (number: number) => space.layout.read(space.states.arena, number * space.layout.width)
  const isStep = (holds: StepPredicate<State>) => (edge: number) =>
    holds(stateOf(sourceOf(graph, edge)), stateOf(graph.targets[edge]!), happenings[graph.labels[edge]!]!)
  const allowed = query.steps.map(isStep)
  const part: Part = {
    has: (state) => reached.cameFrom[state] !== UNREACHED && marks.every((mark) => mark[state] === 1),
    allows: (edge) => allowed.every((isAllowed) => isAllowed(edge)),
  }
  const wanted: Wanted = {
    visits: query.visits.map((holds) => marksOf(space, holds)),
    takes: query.takes.map(isStep),
  }
  const demands = demandsOf(model)
  const best = nearest(
    fairComponents(graph, part, demands, wanted, reached.order.filter(part.has)),
    reached.rank,
  )
  if (best === undefined) return undefined
  return lasso(model, space, graph, reached, best, demands, wanted)
}

/** States that a suffix of a behaviour may go through, in the order in which they are reached. */
interface Reached {
  readonly order: readonly number[]
  readonly rank: Uint32Array
  /** The state before, within the suffix; itself where a suffix may begin; UNREACHED. */
  readonly cameFrom: Uint32Array
}

const UNREACHED = 0xffffffff

function reach<State>(graph: Graph, space: Space<State>, { from, along }: Query<State>): Reached {
  const isAlong = marksOf(space, along)
  const cameFrom = new Uint32Array(graph.count).fill(UNREACHED)
  const rank = new Uint32Array(graph.count)
  const begins = from === 'initial' ? undefined : marksOf(space, from)
  const order: number[] = []
  const meet = (state: number, before: number) => {
    if (isAlong[state] === 0 || cameFrom[state] !== UNREACHED) return
    cameFrom[state] = before
    rank[state] = order.length
    order.push(state)
  }
  const part: Part = { has: (state) => isAlong[state] === 1, allows: () => true }
  for (let state = 0; state < graph.count; state++)
    if (begins === undefined ? isInitial(space, state) : begins[state] === 1) meet(state, state)
  for (let next = 0; next < order.length; next++)
    eachEdge(graph, part, order[next]!, (_, target) => meet(target, order[next]!))
  return { order, rank, cameFrom }
}

function isInitial<State>({ parents }: Space<State>, state: number): boolean {
  return parents.at(state) === UNREACHED
}

/** 1 for each state of which a predicate holds. */
function marksOf<State>({ layout, states }: Space<State>, holds: (state: State) => boolean): Uint8Array {
  const marks = new Uint8Array(states.count)
  for (let number = 0; number < states.count; number++)
    marks[number] = holds(layout.read(states.arena, number * layout.width)) ? 1 : 0
  return marks
}

/** The component that is reached first, and its first state before the others. */
function nearest(
  found: Iterable<FairComponent>,
  rank: Uint32Array,
): { readonly component: FairComponent; readonly home: number } | undefined {
  let best: { readonly component: FairComponent; readonly home: number } | undefined
  for (const component of found) {
    const home = component.states.reduce((first, state) => (rank[state]! < rank[first]! ? state : first))
    if (best === undefined || rank[home]! < rank[best.home]!) best = { component, home }
  }
  return best
}

function lasso<State extends object>(
  model: Module<State>,
  space: Space<State>,
  graph: Graph,
  { cameFrom }: Reached,
  { component, home }: { readonly component: FairComponent; readonly home: number },
  demands: Demands,
  wanted: Wanted,
): Trace<State> {
  const suffix = [home]
  while (cameFrom[suffix[0]!] !== suffix[0]) suffix.unshift(cameFrom[suffix[0]!]!)
  const entries = [
    ...traceTo(model, space, suffix[0]!),
    ...pathTrace(
      model,
      space,
      suffix.map((number) => wordsOf(space, number)),
    ).slice(1),
  ]
  const to = entries.length - 1
  const round = roundIn(graph, component, demands, wanted, home).map((edge) =>
    entryOf(
      model,
      stepsOf(model)[graph.labels[edge]!]!,
      space.layout.read(space.states.arena, graph.targets[edge]! * space.layout.width),
    ),
  )
  const closing = round.at(-1)?.happened
  const all = [...entries, ...round.slice(0, -1)]
  return all.with(-1, { ...all.at(-1)!, loop: { to, ...(closing !== undefined && { happened: closing }) } })
}

/** The action and choice that each label of a step means, by their numbers. */
function stepsOf<State>({
  actions,
}: Module<State>): readonly { readonly action: number; readonly choice: number }[] {
  return actions.flatMap(({ choices }, action) => choices.map((_, choice) => ({ action, choice })))
}
