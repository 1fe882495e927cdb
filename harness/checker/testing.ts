import {
  type DefinedModule,
  defineModule,
  type Fairness,
  type Property,
  range,
  type Temporal,
} from '../../spec/index.ts'

export interface Place {
  readonly at: number
}

/** A step of a graph: the action's name, from where, to where. */
export type Arrow = readonly [name: string, from: number, to: number]

export interface DrawnGraph {
  readonly count: number
  readonly init: readonly number[]
  readonly arrows: readonly Arrow[]
  readonly fairness?: readonly Fairness[]
  readonly properties?: (temporal: Temporal<Place>) => Readonly<Record<string, Property<Place>>>
}

/** A graph as a model: its states are numbered, its arrows are steps. */
export function graphModel({
  count,
  init,
  arrows,
  fairness = [],
  properties = () => ({}),
}: DrawnGraph): DefinedModule<object, Place> {
  return defineModule<object, Place>({
    name: 'Graph',
    constants: {},
    variables: () => ({ at: range(0, count - 1) }),
    init: () => init.map((at) => ({ at })),
    actions: (_, action) =>
      Object.fromEntries(
        [...new Set(['A', 'B', ...arrows.map(([name]) => name)])].map((name) => [
          name,
          action<Place & { readonly to: number }>({
            choose: { at: range(0, count - 1), to: range(0, count - 1) },
            guard: ({ at }, { at: from, to }) =>
              at === from &&
              arrows.some((arrow) => arrow[0] === name && arrow[1] === from && arrow[2] === to),
            next: (_state, { to }) => ({ at: to }),
          }),
        ]),
      ),
    ends: () => () => true,
    fairness: () => fairness,
    properties: (_, temporal) => properties(temporal),
  })
}
