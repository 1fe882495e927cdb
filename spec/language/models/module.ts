import type { Domain } from './domain.ts'

/** A domain for each variable. */
export type Domains<State> = { readonly [Name in keyof State]: Domain<State[Name]> }

/** Something that may happen. Choices come in a fixed order, so that a path is a list of indices. */
export interface Action<State, Choice> {
  /** The picks that nobody decides: which block arrives, who crashes. */
  readonly choices: (state: State) => readonly Choice[]
  /** Whether it may happen with this pick. */
  readonly guard: (state: State, choice: Choice) => boolean
  /** The variables that it changes, and nothing else. */
  readonly next: (state: State, choice: Choice) => Partial<State>
}

/** What holds of whole behaviours, not of single states. */
export type Property<State> =
  | { readonly kind: 'always' | 'eventually'; readonly holds: Predicate<State> }
  | { readonly kind: 'leads-to'; readonly from: Predicate<State>; readonly to: Predicate<State> }

export type Predicate<State> = (state: State) => boolean

/** A specification in the sense of TLA+, before its constants are given. */
export interface ModuleDefinition<Constants, State> {
  readonly name: string
  readonly constants: Constants
  readonly variables: (constants: Constants) => Domains<State>
  readonly init: (constants: Constants) => readonly State[]
  // biome-ignore lint/suspicious/noExplicitAny: each action has choices of its own
  readonly actions: (constants: Constants) => Readonly<Record<string, Action<State, any>>>
  /** Hold in every state. */
  readonly invariants: (constants: Constants) => Readonly<Record<string, Predicate<State>>>
  readonly properties?: (constants: Constants) => Readonly<Record<string, Property<State>>>
  /** Actions that happen at last when they stay possible. */
  readonly fairness?: { readonly weak: readonly string[] }
  /** Must each be true in some state, or the model says nothing. */
  readonly witnesses: (constants: Constants) => Readonly<Record<string, Predicate<State>>>
}

/** A model that can be explored, with its constants given. */
export interface Module<State> {
  readonly name: string
  readonly variables: Domains<State>
  readonly init: readonly State[]
  readonly invariants: Readonly<Record<string, Predicate<State>>>
  readonly properties: Readonly<Record<string, Property<State>>>
  readonly fairness: { readonly weak: readonly string[] }
  readonly witnesses: Readonly<Record<string, Predicate<State>>>
  /** All that may happen in a state, actions and picks in their fixed order. */
  readonly steps: (state: State) => Iterable<Step<State>>
  /** The number of a state. Throws RangeError when a variable has left its domain: that is a mistake of the model. */
  readonly pack: (state: State) => bigint
  readonly print: (state: State) => string
}

/** One thing that happened, and what came of it. */
export interface Step<State> {
  readonly action: string
  readonly choice: unknown
  readonly state: State
}

/** A model, and the same with other constants. */
export interface DefinedModule<Constants, State> extends Module<State> {
  readonly constants: Constants
  readonly withConstants: (constants: Partial<Constants>) => DefinedModule<Constants, State>
}

/** Defines a model; one definition serves the explorer, generators and the printed page. */
export function defineModule<Constants extends object, State extends object>(
  definition: ModuleDefinition<Constants, State>,
): DefinedModule<Constants, State> {
  const { constants } = definition
  const variables = definition.variables(constants)
  const names = Object.keys(variables) as (keyof State & string)[]
  const actions = Object.entries(definition.actions(constants))
  return {
    name: definition.name,
    constants,
    variables,
    init: definition.init(constants),
    invariants: definition.invariants(constants),
    properties: definition.properties?.(constants) ?? {},
    fairness: definition.fairness ?? { weak: [] },
    witnesses: definition.witnesses(constants),
    steps: function* (state) {
      for (const [name, { choices, guard, next }] of actions)
        for (const choice of choices(state))
          if (guard(state, choice))
            yield { action: name, choice, state: { ...state, ...next(state, choice) } }
    },
    pack: (state) =>
      names.reduce((packed, name) => packVariable(packed, name, variables[name], state[name]), 0n),
    print: (state) => names.map((name) => `${name} = ${variables[name].print(state[name])}`).join('\n'),
    withConstants: (changes) => defineModule({ ...definition, constants: { ...constants, ...changes } }),
  }
}

/** Gives an action's choices their type. */
export function action<State, Choice>(definition: Action<State, Choice>): Action<State, Choice> {
  return definition
}

/** Holds in every state of every behaviour. */
export function always<State>(holds: Predicate<State>): Property<State> {
  return { kind: 'always', holds }
}

/** Holds at last in every behaviour. */
export function eventually<State>(holds: Predicate<State>): Property<State> {
  return { kind: 'eventually', holds }
}

/** Whenever the one holds, the other holds then or later. */
export function leadsTo<State>(from: Predicate<State>, to: Predicate<State>): Property<State> {
  return { kind: 'leads-to', from, to }
}

function packVariable<Value>(packed: bigint, name: string, domain: Domain<Value>, value: Value): bigint {
  const index = domain.indexOf(value)
  if (index === -1) throw new RangeError(`${name} has left its domain: ${domain.print(value)}`)
  return packed * BigInt(domain.size) + BigInt(index)
}
