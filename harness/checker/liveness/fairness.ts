import type { Module } from '../../../spec/index.ts'
import { eachEdge, type Graph, type Part } from './graph.ts'

/** One demand of fairness, over the labels of steps: an action, several as one, or the share of one process in them. */
export interface Demand {
  readonly strength: 'weak' | 'strong'
  readonly name: string
}

/** All demands, and which of them each label meets. */
export interface Demands {
  readonly list: readonly Demand[]
  /** For each label the numbers of the demands that a step with it meets. */
  readonly metBy: readonly (readonly number[])[]
}

/** The demands that a model makes; with `per`, one for each key. */
export function demandsOf<State>({ actions, fairness }: Module<State>): Demands {
  const list: Demand[] = []
  const metBy: number[][] = actions.flatMap(({ choices }) => choices.map((): number[] => []))
  for (const { strength, actions: names, per } of fairness) {
    const numbers = new Map<string | number, number>()
    let label = 0
    for (const { name, choices } of actions)
      for (const choice of choices) {
        if (names.includes(name)) {
          const key = per?.(choice) ?? ''
          if (!numbers.has(key)) {
            numbers.set(key, list.length)
            list.push({ strength, name: `${strength} fairness of ${names.join(', ')} ${key}`.trimEnd() })
          }
          metBy[label]!.push(numbers.get(key)!)
        }
        label++
      }
  }
  return { list, metBy }
}

/** How the demands stand in one component. */
export interface Standing {
  /** For each demand an edge inside the component that meets it; NONE when there is none. */
  readonly taken: Float64Array
  /** For each demand a state of the component in which no step that would meet it is possible; NONE when there is none. */
  readonly disabledAt: Float64Array
  /** For each demand whether such a step is possible in some state of the component. */
  readonly enabled: Uint8Array
}

export const NONE = -1

/** Looks at each state of a component once. */
export function standingOf(
  graph: Graph,
  part: Part,
  { list, metBy }: Demands,
  component: readonly number[],
): Standing {
  const taken = new Float64Array(list.length).fill(NONE)
  const disabledAt = new Float64Array(list.length).fill(NONE)
  const enabled = new Uint8Array(list.length)
  const enabledHere = new Uint8Array(list.length)
  for (const state of component) {
    enabledHere.fill(0)
    for (let edge = graph.starts[state]!; edge < graph.starts[state + 1]!; edge++)
      if (graph.targets[edge] !== state)
        for (const demand of metBy[graph.labels[edge]!]!) enabledHere[demand] = 1
    eachEdge(graph, part, state, (edge) => {
      for (const demand of metBy[graph.labels[edge]!]!) taken[demand] = edge
    })
    for (let demand = 0; demand < list.length; demand++)
      if (enabledHere[demand] === 1) enabled[demand] = 1
      else disabledAt[demand] = state
  }
  return { taken, disabledAt, enabled }
}

/** Whether a step that meets a demand is possible in a state: one that changes something, wherever it leads. */
export function isEnabled(graph: Graph, { metBy }: Demands, demand: number, state: number): boolean {
  for (let edge = graph.starts[state]!; edge < graph.starts[state + 1]!; edge++)
    if (graph.targets[edge] !== state && metBy[graph.labels[edge]!]!.includes(demand)) return true
  return false
}
