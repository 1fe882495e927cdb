export type Predicate<State> = (state: State) => boolean

/** What is true of a step: of the state before it, the state after it, and what happened. */
export type StepPredicate<State> = (before: State, after: State, happened: Happening) => boolean

/** An action, and the choice with which it happened. */
export interface Happening {
  readonly action: string
  // biome-ignore lint/suspicious/noExplicitAny: each action has choices of its own
  readonly choice: any
}

/**
 * What is true of whole behaviours. A behaviour is infinite: where nothing happens any more, its last state is repeated
 * for ever (it stutters). [Lamport, Specifying Systems, ch. 8]
 */
export type Property<State> =
  | { readonly kind: 'always'; readonly holds: Predicate<State> }
  | { readonly kind: 'always-step'; readonly holds: StepPredicate<State> }
  | Premise<State>
  | { readonly kind: 'eventually'; readonly holds: Predicate<State> }
  | { readonly kind: 'leads-to'; readonly from: Predicate<State>; readonly to: Predicate<State> }
  | {
      readonly kind: 'assuming'
      readonly premises: readonly Premise<State>[]
      readonly conclusion: Exclude<Property<State>, { readonly kind: 'assuming' | 'always' | 'always-step' }>
    }

/** What is true of a behaviour's end, however late it begins: what another property may assume. */
export type Premise<State> =
  | { readonly kind: 'infinitely-often'; readonly holds: Predicate<State> }
  | { readonly kind: 'eventually-always'; readonly holds: Predicate<State> }
  | { readonly kind: 'eventually-only-steps'; readonly holds: StepPredicate<State> }

type Conclusion<State> = (Property<State> & { readonly kind: 'assuming' })['conclusion']

/** The operators in which a model says what is true of its behaviours. */
export interface Temporal<State> {
  /** Holds in every state of every behaviour: an invariant. */
  readonly always: (holds: Predicate<State>) => Property<State>
  /** Holds of every step that changes something. */
  readonly alwaysStep: (holds: StepPredicate<State>) => Property<State>
  /** Holds at some time in every behaviour. */
  readonly eventually: (holds: Predicate<State>) => Conclusion<State>
  /** Whenever the one holds, the other holds then or later. */
  readonly leadsTo: (from: Predicate<State>, to: Predicate<State>) => Conclusion<State>
  /** Holds again and again: after each state there is a later one in which it holds. */
  readonly infinitelyOften: (holds: Predicate<State>) => Premise<State>
  /** Holds from some time on, for ever. */
  readonly eventuallyAlways: (holds: Predicate<State>) => Premise<State>
  /** From some time on, every step that changes something is of this sort. */
  readonly eventuallyOnlySteps: (holds: StepPredicate<State>) => Premise<State>
  /** The conclusion is true of every behaviour of which all premises are. */
  readonly assuming: (premises: readonly Premise<State>[], conclusion: Conclusion<State>) => Property<State>
}

/** The temporal operators for one kind of state. */
export function temporalOperators<State>(): Temporal<State> {
  return {
    always: (holds) => ({ kind: 'always', holds }),
    alwaysStep: (holds) => ({ kind: 'always-step', holds }),
    eventually: (holds) => ({ kind: 'eventually', holds }),
    leadsTo: (from, to) => ({ kind: 'leads-to', from, to }),
    infinitelyOften: (holds) => ({ kind: 'infinitely-often', holds }),
    eventuallyAlways: (holds) => ({ kind: 'eventually-always', holds }),
    eventuallyOnlySteps: (holds) => ({ kind: 'eventually-only-steps', holds }),
    assuming: (premises, conclusion) => ({ kind: 'assuming', premises, conclusion }),
  }
}

/**
 * That something happens which stays possible (weak), or which is possible again and again (strong). The named actions
 * count as one; with `per`, as one for each key that `per` gives a choice: each process is treated fairly then. Only
 * steps that change something count. [Lamport, Specifying Systems, ch. 8.4 and 8.6]
 */
export interface Fairness {
  readonly strength: 'weak' | 'strong'
  readonly actions: readonly string[]
  // biome-ignore lint/suspicious/noExplicitAny: each action has choices of its own
  readonly per?: (choice: any) => string | number
}

/** What stays possible happens. */
export function weak(actions: readonly string[], per?: Fairness['per']): Fairness {
  return { strength: 'weak', actions, ...(per !== undefined && { per }) }
}

/** What is possible again and again happens. */
export function strong(actions: readonly string[], per?: Fairness['per']): Fairness {
  return { strength: 'strong', actions, ...(per !== undefined && { per }) }
}
