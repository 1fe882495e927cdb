import type { Module } from '../../../spec/index.ts'
import { explore } from './explore.ts'
import { layoutOf } from './layout.ts'
import { renamingsOf } from './symmetry.ts'

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

/** Every state that a model reaches, up to the names of interchangeable processes, with its key. */
export function* reachableStates<State extends object>(
  model: Module<State>,
): Generator<{ readonly key: string; readonly state: State }, void> {
  const judgedByNobody = { ...model, invariants: {}, properties: {}, refinements: {}, sometimes: {} }
  const { states, layout } = explore(judgedByNobody, { symmetry: true, deadlock: false }).space
  const keyOf = stateKeys(model)
  for (let number = 0; number < states.count; number++) {
    const state = layout.read(states.arena, number * layout.width)
    yield { key: keyOf(state), state }
  }
}
