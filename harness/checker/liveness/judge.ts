import { components, createNotes, type Notes } from './components.ts'
import { type Demands, isEnabled, NONE, type Standing, standingOf } from './fairness.ts'
import { eachEdge, type Graph, type Part } from './graph.ts'

/** What a round must have besides fairness: states of some sorts, and steps of some sorts. */
export interface Wanted {
  /** For each sort 1 for the states that are of it. */
  readonly visits: readonly Uint8Array[]
  readonly takes: readonly ((edge: number) => boolean)[]
}

/** States that a fair behaviour can go round in for ever, with what it must not miss on the way. */
export interface FairComponent {
  readonly states: readonly number[]
  readonly part: Part
  readonly standing: Standing
}

/**
 * The components of a part in which a behaviour can stay for ever, fairly and with all that is wanted. A demand of weak
 * fairness is kept where a step meets it or is not always possible; one of strong fairness where a step meets it or is
 * never possible. Where only strong fairness fails, the states in which it is enabled are taken out and what is left is
 * split again. [Lichtenstein and Pnueli, Checking that finite state concurrent programs satisfy their linear specification]
 */
export function* fairComponents(
  graph: Graph,
  part: Part,
  demands: Demands,
  wanted: Wanted,
  states: readonly number[],
  divide: Divide = createDivide(graph.count),
): Generator<FairComponent, void> {
  for (const component of components(graph, part, states, divide.notes)) {
    const inside: Part = { has: divide.own(component), allows: part.allows }
    if (!hasWanted(graph, inside, wanted, component)) continue
    const standing = standingOf(graph, inside, demands, component)
    const failing = demands.list.flatMap((_, demand) => (standing.taken[demand] === NONE ? [demand] : []))
    const isStarved = failing.some(
      (demand) => demands.list[demand]!.strength === 'weak' && standing.disabledAt[demand] === NONE,
    )
    if (isStarved) continue
    const neglected = failing.filter(
      (demand) => demands.list[demand]!.strength === 'strong' && standing.enabled[demand] === 1,
    )
    if (neglected.length === 0) {
      yield { states: component, part: inside, standing }
      continue
    }
    const left = component.filter((state) =>
      neglected.every((demand) => !isEnabled(graph, demands, demand, state)),
    )
    const rest: Part = { has: divide.own(left), allows: part.allows }
    yield* fairComponents(graph, rest, demands, wanted, left, divide)
  }
}

/** States divided into parts; a state belongs to the part that owned it last. */
interface Divide {
  readonly notes: Notes
  /** Gives these states to a new part and returns whether a state belongs to it. */
  readonly own: (states: readonly number[]) => (state: number) => boolean
}

function createDivide(count: number): Divide {
  const owner = new Uint32Array(count)
  let parts = 0
  return {
    notes: createNotes(count),
    own: (states) => {
      parts++
      const part = parts
      for (const state of states) owner[state] = part
      return (state) => owner[state] === part
    },
  }
}

function hasWanted(
  graph: Graph,
  part: Part,
  { visits, takes }: Wanted,
  component: readonly number[],
): boolean {
  return (
    visits.every((sort) => component.some((state) => sort[state] === 1)) &&
    takes.every((isWanted) =>
      component.some((state) => {
        let found = false
        eachEdge(graph, part, state, (edge) => {
          found ||= isWanted(edge)
        })
        return found
      }),
    )
  )
}
