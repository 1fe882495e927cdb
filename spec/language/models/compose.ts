import type { Domains } from './composite.ts'
import type { Module, NamedAction } from './module.ts'

/** Two models as one. */
export interface Composition {
  readonly name: string
  /** Actions that happen together, one of each model, with the same choice; by the name that they have then. */
  readonly together?: Readonly<Record<string, readonly [left: string, right: string]>>
}

/**
 * Two models side by side: a step is a step of either, or a step of both where two actions happen together. Each keeps
 * its invariants, properties and fairness. Throws RangeError when they share a variable or the name of an action or a
 * property, and when an action is named that there is not. [Lamport, Specifying Systems, ch. 10]
 */
export function compose<Left extends object, Right extends object>(
  left: Module<Left>,
  right: Module<Right>,
  { name, together = {} }: Composition,
): Module<Left & Right> {
  type Both = Left & Right
  const joint = Object.entries(together).map(([own, [ofLeft, ofRight]]) =>
    joined(own, actionOf(left, ofLeft), actionOf(right, ofRight)),
  )
  const alone = <State>(model: Module<State>, side: 0 | 1) =>
    model.actions.filter((action) => Object.values(together).every((pair) => pair[side] !== action.name))
  const actions = [...alone(left, 0), ...alone(right, 1), ...joint] as NamedAction<Both>[]
  requireDistinct(
    name,
    'action',
    actions.map((action) => action.name),
  )
  const merged = <Value>(part: 'invariants' | 'properties' | 'sometimes' | 'refinements' | 'variables') => {
    const entries = [...Object.entries(left[part]), ...Object.entries(right[part])]
    requireDistinct(
      name,
      part,
      entries.map(([key]) => key),
    )
    return Object.fromEntries(entries) as Readonly<Record<string, Value>>
  }
  const both: Module<Both> = {
    name,
    constants: { ...left.constants, ...right.constants },
    variables: merged('variables') as unknown as Domains<Both>,
    init: left.init.flatMap((first) => right.init.map((second) => ({ ...first, ...second }))),
    actions,
    constraint:
      left.constraint === undefined && right.constraint === undefined
        ? undefined
        : (state) => (left.constraint?.(state) ?? true) && (right.constraint?.(state) ?? true),
    ends: (state) => left.ends(state) && right.ends(state),
    invariants: merged('invariants'),
    properties: merged('properties'),
    fairness: [...left.fairness, ...right.fairness],
    sometimes: merged('sometimes'),
    refinements: merged('refinements'),
    interchangeable: [],
    presets: [],
    withPreset: (preset) => {
      throw new RangeError(`${name} has no preset ${preset}`)
    },
  }
  for (const action of both.fairness.flatMap((constraint) => constraint.actions)) actionOf(both, action)
  return both
}

function actionOf<State>({ name: model, actions }: Module<State>, name: string): NamedAction<State> {
  const found = actions.find((action) => action.name === name)
  if (found === undefined) throw new RangeError(`${model} has no action ${name}`)
  return found
}

function joined<Left, Right>(
  name: string,
  left: NamedAction<Left>,
  right: NamedAction<Right>,
): NamedAction<Left & Right> {
  const parameters = Object.keys(left.choices[0]!)
  const mine = Object.keys(right.choices[0]!).filter((parameter) => parameters.includes(parameter))
  return {
    name,
    choices: left.choices.flatMap((first) =>
      right.choices.flatMap((second) =>
        mine.every((key) => first[key as never] === second[key as never]) ? [{ ...first, ...second }] : [],
      ),
    ),
    conjuncts: [...left.conjuncts, ...right.conjuncts],
    next: (state, choice) =>
      ({ ...left.next(state, choice), ...right.next(state, choice) }) as Partial<Left & Right>,
    printChoice: (choice) =>
      Object.entries(choice)
        .map(([parameter, value]) => `${parameter}: ${JSON.stringify(value)}`)
        .join(', '),
  }
}

function requireDistinct(model: string, part: string, names: readonly string[]): void {
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice !== undefined) throw new RangeError(`${model}: both have ${twice} among their ${part}`)
}
