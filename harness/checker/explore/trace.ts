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

/** The way on which a state was first reached: one of the shortest, when the space was explored level by level; and a step beyond. */
export function traceTo<State extends object>(
  model: Module<State>,
  space: Space<State>,
  last: number,
  beyond?: Uint32Array,
): Trace<State> {
  const path = [last]
  while (space.parents.at(path[0]!) !== NO_PARENT) path.unshift(space.parents.at(path[0]!))
  const packed = path.map((number) => wordsOf(space, number))
  return pathTrace(model, space, beyond === undefined ? packed : [...packed, beyond])
}

/**
 * The states of a path, with what happened between each and the next. Where one state stands for many, the path is
 * walked once more, with the names that the processes have on the way.
 */
export function pathTrace<State extends object>(
  model: Module<State>,
  { layout, canonical }: Pick<Space<State>, 'layout' | 'canonical'>,
  path: readonly Uint32Array[],
): Trace<State> {
  const expander = createExpander(model, layout)
  let at = path[0]!
  const entries: TraceEntry<State>[] = [{ state: layout.read(at, 0) }]
  for (const goal of path.slice(1)) {
    let next: Uint32Array | undefined
    expander.expand(at, 0, (step) => {
      const after = step.words.slice()
      if (step.isInside) canonical?.(step.words)
      if (!step.isInside || !isEqual(step.words, goal)) return false
      next = after
      entries.push(entryOf(model, step, layout.read(after, 0)))
      return true
    })
    at = next!
  }
  return entries
}

/** A state of the space, packed. */
export function wordsOf<State>({ layout, states }: Space<State>, number: number): Uint32Array {
  return states.arena.slice(number * layout.width, (number + 1) * layout.width)
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

function isEqual(left: Uint32Array, right: Uint32Array): boolean {
  return left.every((word, index) => right[index] === word)
}
