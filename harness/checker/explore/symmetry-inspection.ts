import { type Module, printState } from '../../../spec/index.ts'
import { createExpander } from './expand.ts'
import type { Layout } from './layout.ts'
import { ModelFault } from './model-fault.ts'
import { type Canonical, renamingsOf } from './symmetry.ts'

/** States that are inspected: the first ones, and of the others one in so many. */
const FIRST = 100
const ONE_IN = 4096

/**
 * Whether processes that a model calls interchangeable are: what a state can do, and what is said of it, must be the
 * same when two of them exchange their names. Throws ModelFault where it is not; asked of some states only.
 */
export function createInspection<State extends object>(
  model: Module<State>,
  layout: Layout<State>,
  canonical: Canonical,
): (state: State, number: number) => void {
  const exchanges = renamingsOf(model.interchangeable).filter(
    (renaming) => [...renaming].filter(([from, to]) => from !== to).length === 2,
  )
  const expander = createExpander(model, layout)
  const judged = [
    ...Object.entries(model.invariants),
    ['constraint', model.constraint ?? (() => true)] as const,
  ]
  const describe = (state: State): string => {
    const words = new Uint32Array(layout.width)
    layout.write(state, words)
    const after = new Set<string>()
    expander.expand(words, 0, (step) => {
      if (step.isInside) canonical(step.words)
      after.add(`${model.actions[step.action]!.name} ${step.isInside ? step.words.join() : 'outside'}`)
      return false
    })
    return [...after].sort().join(';') + judged.map(([name, holds]) => ` ${name} ${holds(state)}`).join()
  }
  return (state, number) => {
    if (number >= FIRST && number % ONE_IN !== 0) return
    const expected = describe(state)
    for (const exchange of exchanges) {
      const renamed = renameState(layout, state, exchange)
      if (describe(renamed) === expected) continue
      const [from, to] = [...exchange].find(([name, other]) => name !== other)!
      throw new ModelFault(
        `${model.name}: ${from} and ${to} are not interchangeable: when they exchange their names, other steps are possible or something else holds; the state\n${printState(model, state)}`,
      )
    }
  }
}

function renameState<State>(
  { places }: Layout<State>,
  state: State,
  renaming: ReadonlyMap<string, string>,
): State {
  return Object.fromEntries(
    places.map(({ name, domain }) => [
      name,
      domain.rename((state as Record<string, unknown>)[name], renaming),
    ]),
  ) as State
}
