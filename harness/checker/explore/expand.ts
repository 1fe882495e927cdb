import { type Module, type NamedAction, printState, waysOf } from '../../../spec/index.ts'
import { type Layout, maskOfVariables } from './layout.ts'
import { ChangedState, createMemo, type Memo } from './memo.ts'
import { ModelFault } from './model-fault.ts'
import { createRecording } from './recording.ts'

/** What is done with each step from a state. Returns true to stop. */
export type Visit<State> = (step: Generated<State>) => boolean

/** One step as it is generated. The same object each time: what is to be kept is copied. */
export interface Generated<State> {
  /** The state before: read when it is first asked for. */
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
  readonly expand: (arena: Uint32Array, at: number, visit: Visit<State>) => void
}

/** The variables that a step changes: which bits, and what they become. */
interface Change {
  readonly mask: readonly number[]
  readonly bits: readonly number[]
}

/** An action with one choice: what is remembered of it. */
interface Candidate {
  readonly action: number
  readonly choice: number
  readonly ways: Memo<number>
  readonly change: Memo<Change>
}

/** The step that is being generated. */
class Step<State extends object> implements Generated<State> {
  action = 0
  choice = 0
  ways = 0
  isInside = true
  readonly words: Uint32Array
  readonly #layout: Layout<State>
  #state: State | undefined
  #arena: Uint32Array = new Uint32Array(0)
  #at = 0

  constructor(layout: Layout<State>) {
    this.#layout = layout
    this.words = new Uint32Array(layout.width)
  }
  begin(arena: Uint32Array, at: number): void {
    this.#arena = arena
    this.#at = at
    this.#state = undefined
  }
  get state(): State {
    this.#state ??= this.#layout.read(this.#arena, this.#at)
    return this.#state
  }
  /** Whether the state has been read, and is not any more what it was. */
  hasChanged(): boolean {
    if (this.#state === undefined) return false
    this.#layout.write(this.#state, this.words)
    return this.words.some((word, index) => word !== this.#arena[this.#at + index])
  }
}

export function createExpander<State extends object>(
  model: Module<State>,
  layout: Layout<State>,
): Expander<State> {
  const { actions, constraint } = model
  const guards = actions.map(guardOf)
  const { width } = layout
  const step = new Step(layout)
  const recording = createRecording(layout)
  const candidates = candidatesOf(model, layout, recording, guards)
  /** Where each state must be decoded anyway, asking directly is faster than remembering. */
  let isDirect = false
  const run = (arena: Uint32Array, at: number, visit: Visit<State>) => {
    const { words } = step
    for (let index = 0; index < candidates.length; index++) {
      const candidate = candidates[index]!
      const { action, choice } = candidate
      step.action = action
      step.choice = choice
      const known = isDirect ? undefined : candidate.ways.ask(arena, at)
      const ways = known ?? Number(guards[action]!(step.state, actions[action]!.choices[choice]!))
      if (ways === 0) continue
      step.ways = ways
      const change = isDirect || constraint !== undefined ? undefined : candidate.change.ask(arena, at)
      isDirect ||= known === undefined || change === undefined
      for (let word = 0; word < width; word++) words[word] = arena[at + word]!
      if (change === undefined) {
        const changes = actions[action]!.next(step.state, actions[action]!.choices[choice]!)
        step.isInside = constraint === undefined || constraint({ ...step.state, ...changes })
        if (step.isInside) layout.write(changes, words)
      } else {
        const { mask, bits } = change
        for (let word = 0; word < width; word++) words[word] = (words[word]! & mask[word]!) | bits[word]!
      }
      if (visit(step)) return
    }
  }
  return {
    expand: (arena, at, visit) => {
      step.begin(arena, at)
      try {
        run(arena, at, visit)
      } catch (error) {
        throw error instanceof ChangedState ? changed(recording.state) : faultAt(model, step, error)
      }
      // An action that changes the state before it, not only its copy, would go unnoticed.
      if (step.hasChanged()) throw changed(step.state)
    },
  }

  function changed(now: State): ModelFault {
    return new ModelFault(
      `${model.name}: an action has changed the state before it, which is now\n${printState(model, now)}`,
    )
  }
}

/** Every action with each of its choices, in order. */
function candidatesOf<State extends object>(
  { actions }: Module<State>,
  layout: Layout<State>,
  recording: ReturnType<typeof createRecording<State>>,
  guards: readonly ReturnType<typeof guardOf<State>>[],
): readonly Candidate[] {
  const words = new Uint32Array(layout.width)
  const changeOf = (changes: Partial<State>): Change => {
    words.fill(0)
    layout.write(changes, words)
    return { mask: maskOfVariables(layout, Object.keys(changes)), bits: [...words] }
  }
  return actions.flatMap(({ choices, next }, action) =>
    choices.map((chosen, choice) => ({
      action,
      choice,
      ways: createMemo(recording, (state) => Number(guards[action]!(state, chosen))),
      change: createMemo(recording, (state) => changeOf(next(state, chosen))),
    })),
  )
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
