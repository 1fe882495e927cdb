import { OUTSIDE, type StepTable } from '../explore/space.ts'

/** The steps of a space as a graph: state `n` has the edges from `starts[n]` to `starts[n + 1]`. */
export interface Graph {
  readonly count: number
  readonly starts: Uint32Array
  readonly targets: Uint32Array
  readonly labels: Uint32Array
}

export function graphOf({ starts, targets, labels }: StepTable): Graph {
  return {
    count: starts.length - 1,
    starts: starts.values(),
    targets: targets.values(),
    labels: labels.values(),
  }
}

/** Which part of a graph is meant: some states, and of the edges between them those that are allowed. */
export interface Part {
  readonly has: (state: number) => boolean
  readonly allows: (edge: number) => boolean
}

/** Calls back with each edge of a part that leaves a state. An edge that changes nothing is none: any state may stutter. */
export function eachEdge(
  { starts, targets }: Graph,
  { has, allows }: Part,
  state: number,
  visit: (edge: number, target: number) => void,
): void {
  for (let edge = starts[state]!; edge < starts[state + 1]!; edge++) {
    const target = targets[edge]!
    if (target !== OUTSIDE && target !== state && has(target) && allows(edge)) visit(edge, target)
  }
}

/** A way through a part of a graph, as edges; undefined when no goal can be reached. The empty way when `from` is one. */
export function shortestWay(
  graph: Graph,
  part: Part,
  from: number,
  isGoal: (state: number) => boolean,
): readonly number[] | undefined {
  const cameBy = new Map<number, { readonly edge: number; readonly before: number }>()
  const queue = [from]
  for (let next = 0; next < queue.length; next++) {
    const state = queue[next]!
    if (isGoal(state)) {
      const way: number[] = []
      for (let at = state; at !== from; at = cameBy.get(at)!.before) way.unshift(cameBy.get(at)!.edge)
      return way
    }
    eachEdge(graph, part, state, (edge, target) => {
      if (target === from || cameBy.has(target)) return
      cameBy.set(target, { edge, before: state })
      queue.push(target)
    })
  }
  return undefined
}
