import { type Module, stepsFrom } from '../../../spec/index.ts'
import { type Layout, layoutOf } from './layout.ts'
import { createMemo } from './memo.ts'
import { createRecording } from './recording.ts'

/** Whether a model does what a more abstract one allows. */
export interface RefinementJudge {
  readonly name: string
  /** The state lies, packed, at `at`. */
  readonly allowsInitial: (arena: Uint32Array, at: number) => boolean
  /** A step that changes nothing of what the abstract model sees is allowed. */
  readonly allowsStep: (arena: Uint32Array, at: number, after: Uint32Array) => boolean
}

/** One judge for each model that this one says it implements. [Abadi and Lamport, The existence of refinement mappings] */
export function refinementJudges<State extends object>(
  model: Module<State>,
  layout: Layout<State>,
): readonly RefinementJudge[] {
  return Object.entries(model.refinements).map(([name, { abstract, map, stepsMax = 1 }]) => {
    const { numberOf, stateOf } = createNumbering(layoutOf(abstract))
    const initial = new Set(abstract.init.map(numberOf))
    const memo = createMemo(createRecording(layout), (state: State) => numberOf(map(state)))
    /** What a packed state is to the abstract model. */
    const mapped = (arena: Uint32Array, at: number): number =>
      memo.ask(arena, at) ?? numberOf(map(layout.read(arena, at)))
    const afterOneStep: (readonly number[])[] = []
    const nextOf = (number: number): readonly number[] => {
      afterOneStep[number] ??= [...stepsFrom(abstract, stateOf(number))].map((step) => numberOf(step.state))
      return afterOneStep[number]
    }
    /** The states that the abstract model reaches in so many steps at most, from each state met so far. */
    const successors: ReadonlySet<number>[] = []
    const successorsOf = (number: number): ReadonlySet<number> => {
      if (successors[number] !== undefined) return successors[number]
      const reached = new Set<number>()
      let level: readonly number[] = [number]
      for (let step = 0; step < stepsMax; step++) {
        level = level.flatMap(nextOf).filter((state) => !reached.has(state))
        for (const state of level) reached.add(state)
      }
      successors[number] = reached
      return reached
    }
    return {
      name,
      allowsInitial: (arena, at) => initial.has(mapped(arena, at)),
      allowsStep: (arena, at, after) => {
        const before = mapped(arena, at)
        const target = mapped(after, 0)
        return target === before || successorsOf(before).has(target)
      },
    }
  })
}

/** Numbers states in the order in which they are met. */
function createNumbering<State extends object>(layout: Layout<State>) {
  const numbers = new Map<string, number>()
  const states: State[] = []
  const words = new Uint32Array(layout.width)
  return {
    numberOf: (state: Partial<State>): number => {
      words.fill(0)
      layout.write(state, words)
      const key = words.join(' ')
      const known = numbers.get(key)
      if (known !== undefined) return known
      numbers.set(key, states.length)
      return states.push(layout.read(words, 0)) - 1
    },
    stateOf: (number: number): State => states[number]!,
  }
}
