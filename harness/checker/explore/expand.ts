import { type Module, type NamedAction, printState, waysOf } from '../../../spec/index.ts'
import type { Layout } from './layout.ts'
import { ModelFault } from './model-fault.ts'

/** What is done with each step from a state. Returns true to stop. */
export type Visit<State> = (step: Generated<State>) => boolean

/** One step as it is generated. The same object each time: what is to be kept is copied. */
export interface Generated<State> {
  /** The state before. */
  readonly state: State
  readonly action: number
  readonly choice: number
  /** In how many ways: TLC counts each. */
  readonly ways: number
  /** The state after, packed; undefined content when it is outside the constraint. */
  readonly words: Uint32Array
  readonly isInside: boolean
}

/** Generates the steps from a state. */
export interface Expander<State> {
  /** `at` is where the state lies, packed, in the arena. Throws ModelFault when the model is wrong there. */
  readonly expand: (state: State, arena: Uint32Array, at: number, visit: Visit<State>) => void
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] }

export function createExpander<State extends object>(
  model: Module<State>,
  layout: Layout<State>,
): Expander<State> {
  const { actions, constraint } = model
  const guards = actions.map(guardOf)
  const { width } = layout
  const step: Mutable<Generated<State>> = {
    state: {} as State,
    action: 0,
    choice: 0,
    ways: 0,
    words: new Uint32Array(width),
    isInside: true,
  }
  const again = new Uint32Array(width)
  const run = (state: State, arena: Uint32Array, at: number, visit: Visit<State>) => {
    const { words } = step
    step.state = state
    for (let action = 0; action < actions.length; action++) {
      const guard = guards[action]!
      const { choices, next } = actions[action]!
      step.action = action
      for (let choice = 0; choice < choices.length; choice++) {
        step.choice = choice
        const ways = Number(guard(state, choices[choice]!))
        if (ways === 0) continue
        const changes = next(state, choices[choice]!)
        step.ways = ways
        step.isInside = constraint === undefined || constraint({ ...state, ...changes })
        if (step.isInside) {
          for (let word = 0; word < width; word++) words[word] = arena[at + word]!
          layout.write(changes, words)
        }
        if (visit(step)) return
      }
    }
  }
  return {
    expand: (state, arena, at, visit) => {
      try {
        run(state, arena, at, visit)
      } catch (error) {
        throw faultAt(model, step, error)
      }
      // An action that changes the state before it, not only its copy, would go unnoticed.
      layout.write(state, again)
      for (let word = 0; word < width; word++)
        if (again[word] !== arena[at + word])
          throw new ModelFault(
            `${model.name}: an action has changed the state before it, which is now\n${printState(model, state)}`,
          )
    },
  }
}

/** The conjuncts of a guard as one function. */
function guardOf<State>(action: NamedAction<State>): (state: State, choice: object) => boolean | number {
  const [first, second] = action.conjuncts
  if (first === undefined) return () => 1
  if (second === undefined) return first.holds
  return (state, choice) => waysOf(action, state, choice)
}

function faultAt<State>(model: Module<State>, step: Generated<State>, error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const action = model.actions[step.action]!
  const choice = action.printChoice(action.choices[step.choice]!)
  const what = error instanceof ModelFault ? error.message : `${error.name}: ${error.message}`
  return new ModelFault(
    `${model.name}, ${action.name}(${choice}): ${what}; the state before\n${printState(model, step.state)}`,
  )
}
