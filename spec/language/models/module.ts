import { combinations, type Domains } from './composite.ts'
import { memoized } from './domain.ts'
import {
  type Fairness,
  type Happening,
  type Predicate,
  type Property,
  type StepPredicate,
  type Temporal,
  temporalOperators,
} from './property.ts'

/**
 * Whether something may happen. A number says in how many ways: TLC counts a state as generated for each witness of an
 * existential and for each true disjunct, though what comes of it is the same.
 */
export type Guard<State, Choice> = (state: State, choice: Choice) => boolean | number

/** Something that may happen. Choices come in a fixed order, so that a path is a list of indices. */
export interface Action<State, Choice> {
  /** What nobody decides, each from a domain: which block arrives, who crashes. */
  readonly choose?: Domains<Choice>
  /** Whether it may happen with this choice; conjuncts may have names, so that the false one can be named. */
  readonly guard?: Guard<State, Choice> | Readonly<Record<string, Guard<State, Choice>>>
  /** The variables that it changes, and nothing else. */
  readonly next: (state: State, choice: Choice) => Partial<State>
}

/** What must be seen in some state or some step, or the model says nothing. */
export type Sometimes<State> =
  | Predicate<State>
  | { readonly kind: 'sometimes-step'; readonly holds: StepPredicate<State> }

/** A more abstract model that this one implements: each of its steps is one of the other's, or changes nothing there. */
export interface Refinement<State> {
  // biome-ignore lint/suspicious/noExplicitAny: the other model has states of its own
  readonly abstract: Module<any>
  /** How many steps of the other model one step may be (default: 1). */
  readonly stepsMax?: number
  readonly map: (state: State) => object
}

/** A specification in the sense of TLA+, before its constants are given. */
export interface ModuleDefinition<Constants, State> {
  readonly name: string
  readonly constants: Constants
  /** Other constants by name, such as `tiny` and `large`. */
  readonly presets?: Readonly<Record<string, Partial<Constants>>>
  readonly variables: (constants: Constants) => Domains<State>
  readonly init: (constants: Constants) => NoInfer<readonly State[]>
  /** `action` gives the choices of each action their type. */
  readonly actions: (
    constants: Constants,
    action: DefineAction<NoInfer<State>>,
    // biome-ignore lint/suspicious/noExplicitAny: each action has choices of its own
  ) => Readonly<Record<string, Action<NoInfer<State>, any>>>
  /** States outside are generated, and neither kept nor judged. */
  readonly constraint?: (constants: Constants) => Predicate<NoInfer<State>>
  /** States in which nothing need happen any more; any other without a step is a deadlock. */
  readonly ends?: (constants: Constants) => Predicate<NoInfer<State>>
  /** Hold in every state. */
  readonly invariants?: (constants: Constants) => Readonly<Record<string, Predicate<NoInfer<State>>>>
  /** The second argument has the temporal operators. */
  readonly properties?: (
    constants: Constants,
    temporal: Temporal<NoInfer<State>>,
  ) => Readonly<Record<string, Property<NoInfer<State>>>>
  readonly fairness?: (constants: Constants) => readonly Fairness[]
  /** `ofStep` is for what must be seen of some step. */
  readonly sometimes?: (
    constants: Constants,
    ofStep: (holds: StepPredicate<NoInfer<State>>) => Sometimes<NoInfer<State>>,
  ) => Readonly<Record<string, Sometimes<NoInfer<State>>>>
  /** Names of processes that may be exchanged for each other everywhere: as keys of maps and as values. */
  readonly interchangeable?: (constants: Constants) => readonly (readonly string[])[]
  readonly implements?: (constants: Constants) => Readonly<Record<string, Refinement<NoInfer<State>>>>
}

type DefineAction<State> = <Choice>(definition: Action<State, Choice>) => Action<State, Choice>

/** One action of a model whose constants are given. */
export interface NamedAction<State> {
  readonly name: string
  /** Every choice, in order; an action without choices has one. */
  readonly choices: readonly object[]
  /** The conjuncts of its guard, in order. */
  readonly conjuncts: readonly { readonly name: string; readonly holds: Guard<State, object> }[]
  readonly next: (state: State, choice: object) => Partial<State>
  readonly printChoice: (choice: object) => string
}

/** A model that can be explored, with its constants given. */
export interface Module<State> {
  readonly name: string
  readonly constants: object
  readonly variables: Domains<State>
  readonly init: readonly State[]
  readonly actions: readonly NamedAction<State>[]
  readonly constraint: Predicate<State> | undefined
  readonly ends: Predicate<State>
  readonly invariants: Readonly<Record<string, Predicate<State>>>
  readonly properties: Readonly<Record<string, Property<State>>>
  readonly fairness: readonly Fairness[]
  readonly sometimes: Readonly<Record<string, Sometimes<State>>>
  readonly refinements: Readonly<Record<string, Refinement<State>>>
  readonly interchangeable: readonly (readonly string[])[]
  readonly presets: readonly string[]
  /** The same with the constants of a preset. Throws RangeError when there is none of this name. */
  readonly withPreset: (name: string) => Module<State>
}

/** A model, and the same with other constants. */
export interface DefinedModule<Constants, State> extends Module<State> {
  readonly constants: Constants & object
  readonly withConstants: (constants: Partial<Constants>) => DefinedModule<Constants, State>
}

/** One thing that happened, and what came of it. */
export interface Step<State> extends Happening {
  readonly state: State
}

/**
 * Defines a model; one definition serves the explorer, generators and the printed page. Throws RangeError when fairness
 * names an action that there is not.
 */
export function defineModule<Constants extends object, State extends object>(
  definition: ModuleDefinition<Constants, State>,
): DefinedModule<Constants, State> {
  const { constants, presets = {} } = definition
  const actions = Object.entries(definition.actions(constants, (action) => action)).map(([name, action]) =>
    named(name, action),
  )
  const fairness = definition.fairness?.(constants) ?? []
  requireActions(definition.name, actions, fairness)
  const withConstants = (changes: Partial<Constants>) =>
    defineModule({ ...definition, constants: { ...constants, ...changes } })
  return {
    name: definition.name,
    constants,
    variables: definition.variables(constants),
    init: definition.init(constants),
    actions,
    constraint: definition.constraint?.(constants),
    ends: definition.ends?.(constants) ?? (() => false),
    invariants: definition.invariants?.(constants) ?? {},
    properties: definition.properties?.(constants, temporalOperators()) ?? {},
    fairness,
    sometimes: definition.sometimes?.(constants, sometimesStep) ?? {},
    refinements: definition.implements?.(constants) ?? {},
    interchangeable: definition.interchangeable?.(constants) ?? [],
    presets: Object.keys(presets),
    withPreset: (name) => {
      if (!Object.hasOwn(presets, name))
        throw new RangeError(`${definition.name} has no preset ${name}: ${Object.keys(presets).join(', ')}`)
      return withConstants(presets[name]!)
    },
    withConstants,
  }
}

function sometimesStep<State>(holds: StepPredicate<State>): Sometimes<State> {
  return { kind: 'sometimes-step', holds }
}

/** In how many ways an action may happen; 0 when it may not. */
export function waysOf<State>({ conjuncts }: NamedAction<State>, state: State, choice: object): number {
  let ways = 1
  for (const { holds } of conjuncts) {
    ways *= Number(holds(state, choice))
    if (ways === 0) return 0
  }
  return ways
}

/** All that may happen in a state, actions and choices in their fixed order. */
export function* stepsFrom<State>({ actions }: Module<State>, state: State): Generator<Step<State>, void> {
  for (const action of actions)
    for (const choice of action.choices)
      if (waysOf(action, state, choice) > 0)
        yield { action: action.name, choice, state: { ...state, ...action.next(state, choice) } }
}

/** A state, a variable a line. */
export function printState<State>({ variables }: Module<State>, state: State): string {
  const names = Object.keys(variables) as (keyof State & string)[]
  return names.map((name) => `${name} = ${variables[name].print(state[name])}`).join('\n')
}

function named<State>(name: string, { choose = {}, guard, next }: Action<State, object>): NamedAction<State> {
  const parameters = Object.entries(choose) as [string, Domains<Record<string, unknown>>[string]][]
  const choices = memoized(() =>
    combinations(parameters.map(([, domain]) => domain.values())).map((values) =>
      Object.fromEntries(values.map((value, place) => [parameters[place]![0], value])),
    ),
  )
  return {
    name,
    // Made when they are asked for: who follows what was observed asks for none.
    get choices() {
      return choices()
    },
    conjuncts:
      guard === undefined
        ? []
        : typeof guard === 'function'
          ? [{ name, holds: guard }]
          : Object.entries(guard).map(([conjunct, holds]) => ({ name: conjunct, holds })),
    next,
    printChoice: (choice) =>
      parameters
        .map(
          ([parameter, { print }]) =>
            `${parameter}: ${print((choice as Record<string, unknown>)[parameter])}`,
        )
        .join(', '),
  }
}

function requireActions(
  model: string,
  actions: readonly { readonly name: string }[],
  fairness: readonly Fairness[],
): void {
  for (const name of fairness.flatMap((constraint) => constraint.actions))
    if (actions.every((action) => action.name !== name))
      throw new RangeError(`${model}: fairness names ${name}, which is no action`)
}
