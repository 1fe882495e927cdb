import type { Module, NetworkState } from '../../../spec/index.ts'
import { reach } from '../../checker/index.ts'
import { TOURED } from './episode.ts'

/** How much of the network model tours have seen. */
export interface TourShare {
  readonly states: number
  readonly visited: number
  /** States that were seen and that the model does not reach: there should be none. */
  readonly outside: number
  /** The same by what has happened in them, so that it shows what remains. */
  readonly groups: readonly { readonly group: string; readonly states: number; readonly visited: number }[]
}

/** Explores the network model and lays the visited states, which are given by their keys, beside it. */
export function shareOf(visited: Iterable<string>, model: Module<NetworkState> = TOURED): TourShare {
  const { count, stateAt, find } = reach(model)
  const groups = new Map<string, { states: number; visited: number }>()
  const seen = new Set<number>()
  let outside = 0
  for (const key of visited) {
    const number = find(key)
    if (number === undefined) outside++
    else seen.add(number)
  }
  for (let number = 0; number < count; number++) {
    const name = groupOf(stateAt(number))
    const group = groups.get(name) ?? { states: 0, visited: 0 }
    groups.set(name, group)
    group.states++
    if (seen.has(number)) group.visited++
  }
  return {
    states: count,
    visited: seen.size,
    outside,
    groups: [...groups].sort().map(([group, counts]) => ({ group, ...counts })),
  }
}

function groupOf({ parent, cutsLeft, far, crashesLeft, down }: NetworkState): string {
  const mined = parent.filter((block) => block !== -1).length
  return `${mined} mined, ${phaseOf('cut', cutsLeft, far)}, ${phaseOf('crash', crashesLeft, down)}`
}

function phaseOf(what: string, left: number, now: readonly string[]): string {
  return left > 0 ? `no ${what} yet` : now.length > 0 ? `in the ${what}` : `after the ${what}`
}
