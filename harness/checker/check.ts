import type { Module, Property } from '../../spec/index.ts'
import { type Exploration, type ExploreOptions, explore, type Violation } from './explore/explore.ts'
import { type LivenessProperty, violatingBehaviour } from './liveness/index.ts'

/** What is known of a property of whole behaviours; `unknown` when the exploration did not come to its end. */
export interface LivenessVerdict {
  readonly name: string
  readonly verdict: 'holds' | 'fails' | 'unknown'
}

/** An exploration, and what it says of the properties of whole behaviours. */
export interface Checked<State> extends Exploration<State> {
  readonly liveness: readonly LivenessVerdict[]
}

/**
 * Judges all that a model says of itself: invariants and steps while states are explored, properties of whole
 * behaviours afterwards. The first that fails is the violation. Throws ModelFault when the model itself is wrong.
 */
export function check<State extends object>(
  model: Module<State>,
  options: Omit<ExploreOptions, 'keepSteps'> = {},
): Checked<State> {
  const properties = Object.entries(model.properties).flatMap(([name, property]) =>
    isLiveness(property) ? [{ name, property }] : [],
  )
  const exploration = explore(model, { ...options, keepSteps: properties.length > 0 })
  if (exploration.outcome !== 'complete')
    return { ...exploration, liveness: properties.map(({ name }) => ({ name, verdict: 'unknown' })) }
  const behaviours = properties.map(({ name, property }) => ({
    name,
    trace: violatingBehaviour(model, exploration.space, property),
  }))
  const liveness = behaviours.map(
    ({ name, trace }): LivenessVerdict => ({ name, verdict: trace === undefined ? 'holds' : 'fails' }),
  )
  const [violation] = behaviours.flatMap(({ name, trace }): Violation<State>[] =>
    trace === undefined ? [] : [{ kind: 'liveness', name, trace }],
  )
  return violation === undefined
    ? { ...exploration, liveness }
    : { ...exploration, liveness, outcome: 'violation', violation }
}

/** The model with only one of its invariants and properties. Throws RangeError when there is none of this name. */
export function onlyProperty<State>(model: Module<State>, name: string): Module<State> {
  const own = { ...model.invariants, ...model.properties, ...model.refinements }
  if (!Object.hasOwn(own, name))
    throw new RangeError(`${name}: ${model.name} has ${Object.keys(own).join(', ') || 'no property'}`)
  const only = <Value>(values: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
    Object.hasOwn(values, name) ? { [name]: values[name]! } : {}
  return {
    ...model,
    invariants: only(model.invariants),
    properties: only(model.properties),
    refinements: only(model.refinements),
  }
}

function isLiveness<State>(property: Property<State>): property is LivenessProperty<State> {
  return property.kind !== 'always' && property.kind !== 'always-step'
}
