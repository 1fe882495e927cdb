import type { Happening, Module } from '../../../spec/index.ts'
import { createExpander } from './expand.ts'
import { NO_PARENT, type Space } from './space.ts'

/** A behaviour as it is shown: the first entry is an initial state, each other one says what happened before it. */
export type Trace<State> = readonly TraceEntry<State>[]

export interface TraceEntry<State> {
  readonly happened?: Happening & { readonly printed: string }
  readonly state: State
  /** Of the last entry of a behaviour that never ends: on from which entry it goes, and with what step. */
  readonly loop?: { readonly to: number; readonly happened?: TraceEntry<State>['happened'] }
}

/** The way on which a state was first reached: one of the shortest, when the space was explored level by level. */
export function traceTo<State extends object>(
  model: Module<State>,
  space: Space<State>,
  last: number,
): Trace<State> {
  const path = [last]
  while (space.parents.at(path[0]!) !== NO_PARENT) path.unshift(space.parents.at(path[0]!))
  return pathTrace(model, space, path)
}

/** The states of a path, with what happened between each and the next. */
export function pathTrace<State extends object>(
  model: Module<State>,
  { layout, states }: Space<State>,
  path: readonly number[],
): Trace<State> {
  const stateOf = (number: number) => layout.read(states.arena, number * layout.width)
  const expander = createExpander(model, layout)
  return path.map((number, index): TraceEntry<State> => {
    const before = path[index - 1]
    if (before === undefined) return { state: stateOf(number) }
    let entry: TraceEntry<State> = { state: stateOf(number) }
    expander.expand(stateOf(before), states.arena, before * layout.width, (step) => {
      if (!step.isInside || !isAt(states.arena, number * layout.width, step.words)) return false
      entry = entryOf(model, step, entry.state)
      return true
    })
    return entry
  })
}

/** What happened in a step. */
export function happeningOf<State>({ actions }: Module<State>, step: Numbered): Happening {
  const { name, choices } = actions[step.action]!
  return { action: name, choice: choices[step.choice]! }
}

/** The entry of a trace for the state after a step. */
export function entryOf<State>(model: Module<State>, step: Numbered, state: State): TraceEntry<State> {
  const { name, choices, printChoice } = model.actions[step.action]!
  const printed = printChoice(choices[step.choice]!)
  return {
    happened: { ...happeningOf(model, step), printed: printed === '' ? name : `${name}(${printed})` },
    state,
  }
}

/** An action and a choice by their numbers. */
interface Numbered {
  readonly action: number
  readonly choice: number
}

function isAt(arena: Uint32Array, at: number, words: Uint32Array): boolean {
  return words.every((word, index) => arena[at + index] === word)
}
