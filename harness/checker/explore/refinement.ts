import { type Module, stepsFrom } from '../../../spec/index.ts'
import { layoutOf } from './layout.ts'

/** Whether a model does what a more abstract one allows. */
export interface RefinementJudge<State> {
  readonly name: string
  readonly allowsInitial: (state: State) => boolean
  /** A step that changes nothing of what the abstract model sees is allowed. */
  readonly allowsStep: (before: State, after: State) => boolean
}

/** One judge for each model that this one says it implements. [Abadi and Lamport, The existence of refinement mappings] */
export function refinementJudges<State>(model: Module<State>): readonly RefinementJudge<State>[] {
  return Object.entries(model.refinements).map(([name, { abstract, map }]) => {
    const layout = layoutOf(abstract)
    const keyOf = (state: object): string => {
      const words = new Uint32Array(layout.width)
      layout.write(state, words)
      return words.join(' ')
    }
    const initial = new Set(abstract.init.map(keyOf))
    /** The keys of the states that the abstract model reaches in one step from each state met so far. */
    const successors = new Map<string, ReadonlySet<string>>()
    const successorsOf = (state: object, key: string): ReadonlySet<string> => {
      const known = successors.get(key)
      if (known !== undefined) return known
      const found = new Set([...stepsFrom(abstract, state)].map((step) => keyOf(step.state)))
      successors.set(key, found)
      return found
    }
    /** Steps from one state are judged one after another: what that state is to the abstract model is kept. */
    let last: { readonly state: State; readonly mapped: object; readonly key: string } | undefined
    const mappedOf = (state: State) => {
      if (last?.state === state) return last
      const mapped = map(state)
      last = { state, mapped, key: keyOf(mapped) }
      return last
    }
    return {
      name,
      allowsInitial: (state) => initial.has(keyOf(map(state))),
      allowsStep: (before, after) => {
        const { mapped, key } = mappedOf(before)
        const target = keyOf(map(after))
        return target === key || successorsOf(mapped, key).has(target)
      },
    }
  })
}
