import type { Predicate, Premise, Property, StepPredicate } from '../../../spec/index.ts'

/**
 * The behaviours that violate a property: those that come to a state of `from`, stay in `along` from there on, and at
 * last go round for ever in a way that the other fields describe.
 */
export interface Query<State> {
  /** `initial`: only the first state of a behaviour. */
  readonly from: Predicate<State> | 'initial'
  readonly along: Predicate<State>
  /** Each holds in every state of the round. */
  readonly within: readonly Predicate<State>[]
  /** Each holds of every step of the round that changes something. */
  readonly steps: readonly StepPredicate<State>[]
  /** Each holds in some state of the round. */
  readonly visits: readonly Predicate<State>[]
  /** Each holds of some step of the round that changes something. */
  readonly takes: readonly StepPredicate<State>[]
}

export type LivenessProperty<State> = Exclude<Property<State>, { readonly kind: 'always' | 'always-step' }>

/** Which behaviours violate a property. */
export function violationsOf<State>(property: LivenessProperty<State>): Query<State> {
  switch (property.kind) {
    case 'eventually':
      return { ...ANYTHING, from: 'initial', along: not(property.holds) }
    case 'leads-to':
      return {
        ...ANYTHING,
        from: (state) => property.from(state) && !property.to(state),
        along: not(property.to),
      }
    case 'infinitely-often':
      return { ...ANYTHING, within: [not(property.holds)] }
    case 'eventually-always':
      return { ...ANYTHING, visits: [not(property.holds)] }
    case 'eventually-only-steps':
      return { ...ANYTHING, takes: [(...step) => !property.holds(...step)] }
    case 'assuming':
      return property.premises.reduce(withPremise, violationsOf(property.conclusion))
  }
}

const ANYTHING = {
  from: () => true,
  along: () => true,
  within: [],
  steps: [],
  visits: [],
  takes: [],
} satisfies Query<unknown>

function withPremise<State>(query: Query<State>, premise: Premise<State>): Query<State> {
  switch (premise.kind) {
    case 'infinitely-often':
      return { ...query, visits: [...query.visits, premise.holds] }
    case 'eventually-always':
      return { ...query, within: [...query.within, premise.holds] }
    case 'eventually-only-steps':
      return { ...query, steps: [...query.steps, premise.holds] }
  }
}

function not<State>(holds: Predicate<State>): Predicate<State> {
  return (state) => !holds(state)
}
