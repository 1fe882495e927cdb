import { type Demands, isEnabled, NONE } from './fairness.ts'
import { eachEdge, type Graph, shortestWay } from './graph.ts'
import type { FairComponent, Wanted } from './judge.ts'

/**
 * A round inside a component, from a state back to it, as edges: it meets every demand of fairness and has all that is
 * wanted. The empty round is that nothing happens any more.
 */
export function roundIn(
  graph: Graph,
  { states, part, standing }: FairComponent,
  demands: Demands,
  wanted: Wanted,
  home: number,
): readonly number[] {
  const round: number[] = []
  const visited = new Set([home])
  let at = home
  const take = (edge: number) => {
    round.push(edge)
    at = graph.targets[edge]!
    visited.add(at)
  }
  const goTo = (isGoal: (state: number) => boolean) => {
    for (const edge of shortestWay(graph, part, at, isGoal)!) take(edge)
  }
  const goAlong = (edge: number) => {
    const source = sourceOf(graph, edge)
    goTo((state) => state === source)
    take(edge)
  }
  for (const sort of wanted.visits)
    if (![...visited].some((state) => sort[state] === 1)) goTo((state) => sort[state] === 1)
  for (const isWanted of wanted.takes)
    if (!round.some(isWanted)) goAlong(anyEdge(graph, part, states, isWanted))
  for (const [demand, { strength }] of demands.list.entries()) {
    const { taken, disabledAt } = standing
    const isIdle = () => [...visited].some((state) => !isEnabled(graph, demands, demand, state))
    if (strength === 'weak' ? isIdle() : standing.enabled[demand] === 0) continue
    if (round.some((edge) => demands.metBy[graph.labels[edge]!]!.includes(demand))) continue
    if (taken[demand] !== NONE) goAlong(taken[demand]!)
    else if (disabledAt[demand] !== NONE) goTo((state) => state === disabledAt[demand])
  }
  goTo((state) => state === home)
  return round
}

function anyEdge(
  graph: Graph,
  part: FairComponent['part'],
  states: readonly number[],
  isWanted: (edge: number) => boolean,
): number {
  let found = NONE
  for (const state of states)
    eachEdge(graph, part, state, (edge) => {
      if (found === NONE && isWanted(edge)) found = edge
    })
  return found
}

/** The state that an edge leaves: the last whose edges begin no later. */
export function sourceOf({ starts }: Graph, edge: number): number {
  let [low, high] = [0, starts.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (starts[middle]! <= edge) low = middle
    else high = middle
  }
  return low
}
