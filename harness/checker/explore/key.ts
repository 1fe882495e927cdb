import type { Module } from '../../../spec/index.ts'
import { explore } from './explore.ts'
import { layoutOf } from './layout.ts'
import { renamingsOf } from './symmetry.ts'
import { withoutJudges } from './without-judges.ts'

/**
 * A text for each state: the same one for states that differ only in the names of interchangeable processes. Unlike the
 * state that stands for others in an exploration, it does not depend on what was met before.
 */
export function stateKeys<State extends object>(model: Module<State>): (state: State) => string {
  const layout = layoutOf(model)
  const renamings = renamingsOf(model.interchangeable)
  const words = new Uint32Array(layout.width)
  const variables = layout.places.map(({ name, domain }) => ({ name: name as keyof State, domain }))
  return (state) => {
    let least: string | undefined
    for (const renaming of renamings) {
      const renamed: Partial<State> = {}
      for (const { name, domain } of variables)
        renamed[name] = domain.rename(state[name], renaming) as State[keyof State]
      words.fill(0)
      layout.write(renamed, words)
      const text = words.join(' ')
      if (least === undefined || text < least) least = text
    }
    return least!
  }
}

/** Every state that a model reaches, up to the names of interchangeable processes. */
export interface Reached<State> {
  readonly count: number
  readonly stateAt: (number: number) => State
  /** The number of the state that has this key; undefined when the model does not reach it. */
  readonly find: (key: string) => number | undefined
}

/** Explores a model, whatever it says of its states. */
export function reach<State extends object>(model: Module<State>): Reached<State> {
  const { states, layout, canonical } = explore(withoutJudges(model), {
    symmetry: true,
    deadlock: false,
  }).space
  const { count } = states
  return {
    count,
    stateAt: (number) => layout.read(states.arena, number * layout.width),
    find: (key) => {
      const words = Uint32Array.from(key.split(' '), Number)
      if (words.length !== layout.width || words.join(' ') !== key) return undefined
      canonical?.(words)
      const number = states.find(words)
      return number < count ? number : undefined
    },
  }
}
