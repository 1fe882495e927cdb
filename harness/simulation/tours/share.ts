import type { Module } from '../../../spec/index.ts'
import { reachableStates } from '../../checker/index.ts'
import type { NetworkView } from './network-view.ts'
import { TOURED } from './play-tour.ts'

/** How much of the network model tours have seen. */
export interface TourShare {
  readonly states: number
  readonly visited: number
  /** States that were seen and that the model does not reach: there should be none. */
  readonly outside: number
  /** The same by what has happened in them, so that it shows what remains. */
  readonly groups: readonly { readonly group: string; readonly states: number; readonly visited: number }[]
}

/** Explores the network model and lays the visited states beside it. */
export function shareOf(visited: ReadonlySet<string>, model: Module<NetworkView> = TOURED): TourShare {
  const groups = new Map<string, { states: number; visited: number }>()
  let [states, seen] = [0, 0]
  for (const { key, state } of reachableStates(model)) {
    const { parent, cutsLeft, far, crashesLeft, down } = state
    const mined = parent.filter((block) => block !== -1).length
    const name = `${mined} mined, ${phaseOf('cut', cutsLeft, far)}, ${phaseOf('crash', crashesLeft, down)}`
    const group = groups.get(name) ?? { states: 0, visited: 0 }
    groups.set(name, group)
    states++
    group.states++
    if (!visited.has(key)) continue
    seen++
    group.visited++
  }
  return {
    states,
    visited: seen,
    outside: visited.size - seen,
    groups: [...groups].sort().map(([group, counts]) => ({ group, ...counts })),
  }
}

function phaseOf(what: string, left: number, now: readonly string[]): string {
  return left > 0 ? `no ${what} yet` : now.length > 0 ? `in the ${what}` : `after the ${what}`
}
