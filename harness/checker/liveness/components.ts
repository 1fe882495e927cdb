import { OUTSIDE } from '../explore/space.ts'
import type { Graph, Part } from './graph.ts'

const UNSEEN = 0

/** What is noted of each state while components are looked for: made once for a graph, and clean between uses. */
export interface Notes {
  /** When a state was met, from 1 on. */
  readonly order: Uint32Array
  /** The earliest state that it leads back to. */
  readonly low: Uint32Array
  readonly isOpen: Uint8Array
}

export function createNotes(count: number): Notes {
  return { order: new Uint32Array(count), low: new Uint32Array(count), isOpen: new Uint8Array(count) }
}

/**
 * The strongly connected components of the part of a graph that has these states, each as the list of its states. A
 * state alone is one, too: it may stutter. [Tarjan, Depth-first search and linear graph algorithms]
 */
export function components(
  { starts, targets }: Graph,
  part: Part,
  states: readonly number[],
  { order, low, isOpen }: Notes,
): readonly (readonly number[])[] {
  const found: number[][] = []
  const open: number[] = []
  const path: number[] = []
  const nextEdge: number[] = []
  let met = 0
  const enter = (state: number) => {
    met++
    order[state] = met
    low[state] = met
    isOpen[state] = 1
    open.push(state)
    path.push(state)
    nextEdge.push(starts[state]!)
  }
  const leave = () => {
    const state = path.pop()!
    nextEdge.pop()
    const before = path.at(-1)
    if (before !== undefined) low[before] = Math.min(low[before]!, low[state]!)
    if (low[state] !== order[state]) return
    const component = open.splice(open.lastIndexOf(state))
    for (const member of component) isOpen[member] = 0
    found.push(component)
  }
  for (const root of states) {
    if (order[root] !== UNSEEN) continue
    enter(root)
    while (path.length > 0) {
      const state = path.at(-1)!
      const edge = nextEdge.at(-1)!
      if (edge === starts[state + 1]) {
        leave()
        continue
      }
      nextEdge[nextEdge.length - 1] = edge + 1
      const target = targets[edge]!
      if (target === OUTSIDE || !part.has(target) || !part.allows(edge)) continue
      if (order[target] === UNSEEN) enter(target)
      else if (isOpen[target] === 1) low[state] = Math.min(low[state]!, order[target]!)
    }
  }
  for (const component of found) for (const state of component) order[state] = UNSEEN
  return found
}
