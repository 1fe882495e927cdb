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
 * behaviours afterwards. The first that fails is the violation. Throws ModelFault when the model itself is wrong, RangeError when
 * symmetry is asked for together with properties of whole behaviours: it would be unsound.
 */
export function check<State extends object>(
  model: Module<State>,
  options: Omit<ExploreOptions, 'keepSteps'> = {},
): Checked<State> {
  const properties = Object.entries(model.properties).flatMap(([name, property]) =>
    isLiveness(property) ? [{ name, property }] : [],
  )
  if (options.symmetry === true && properties.length > 0)
    throw new RangeError(
      `${properties[0]!.name} is a property of whole behaviours, which symmetry cannot judge`,
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

function isLiveness<State>(property: Property<State>): property is LivenessProperty<State> {
  return property.kind !== 'always' && property.kind !== 'always-step'
}
