import { isSame, type Module, type NamedAction, printState } from '../../../spec/index.ts'
import { createExpander } from '../explore/expand.ts'
import { layoutOf } from '../explore/layout.ts'
import { entryOf } from '../explore/trace.ts'

/** One thing that was observed: what is left out may be anything. */
export interface Observation {
  readonly action?: string
  /** The choices of the action that are known. */
  readonly choice?: Readonly<Record<string, unknown>>
  /** Variables after it, as far as they were seen. */
  readonly after?: Readonly<Record<string, unknown>>
}

/** Whether what was observed is a behaviour of a model. */
export type Validation =
  | { readonly isBehaviour: true; readonly states: number }
  | {
      readonly isBehaviour: false
      /** Observations that the model explains, from the first on. */
      readonly explained: number
      /** The first that it does not. */
      readonly observation: Observation
      /** For each step that it may have been, what speaks against it: a conjunct that is false, or a variable that differs. */
      readonly reasons: readonly string[]
      /** A state in which the model may have been before it. */
      readonly before: string
    }

/**
 * Follows a model along what was observed, through every state in which it may be. The first observation that no step
 * explains is named, with the conjuncts that are false. [Cirstea, Kuppe, Loillier and Merz, Validating traces against TLA+]
 */
export function validate<State extends object>(
  model: Module<State>,
  first: Readonly<Record<string, unknown>>,
  observations: readonly Observation[],
): Validation {
  const layout = layoutOf(model)
  const expander = createExpander(model, layout)
  const pack = (state: State): Uint32Array => {
    const words = new Uint32Array(layout.width)
    layout.write(state, words)
    return words
  }
  let possible = new Map(
    model.init.filter((state) => agrees(state, first)).map((state) => [pack(state).join(), pack(state)]),
  )
  if (possible.size === 0)
    return {
      isBehaviour: false,
      explained: 0,
      observation: { after: first },
      reasons: ['no initial state is like this'],
      before: '',
    }
  for (const [explained, observation] of observations.entries()) {
    const next = new Map<string, Uint32Array>()
    for (const words of possible.values())
      expander.expand(words, 0, (step) => {
        const action = model.actions[step.action]!
        if (!step.isInside || !mayBe(action, action.choices[step.choice]!, observation)) return false
        if (agrees(layout.read(step.words, 0), observation.after ?? {}))
          next.set(step.words.join(), step.words.slice())
        return false
      })
    if (next.size === 0) {
      const before = layout.read([...possible.values()][0]!, 0)
      return {
        isBehaviour: false,
        explained,
        observation,
        reasons: reasonsAgainst(model, before, observation),
        before: printState(model, before),
      }
    }
    possible = next
  }
  return { isBehaviour: true, states: possible.size }
}

function mayBe<State>(
  { name }: NamedAction<State>,
  choice: object,
  { action, choice: known = {} }: Observation,
): boolean {
  return (action === undefined || action === name) && agrees(choice, known)
}

function agrees(value: object, known: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(known).every(([name, part]) => isSame((value as Record<string, unknown>)[name], part))
}

/** What speaks against each step that the observation may have been, in one state before it. */
function reasonsAgainst<State extends object>(
  model: Module<State>,
  before: State,
  observation: Observation,
): readonly string[] {
  const reasons = model.actions.flatMap((action, number) =>
    action.choices.flatMap((choice, index): readonly string[] => {
      if (!mayBe(action, choice, observation)) return []
      const { printed } = entryOf(model, { action: number, choice: index }, before).happened!
      const broken = action.conjuncts.find(({ holds }) => Number(holds(before, choice)) === 0)
      if (broken !== undefined) return [`${printed}: ${broken.name} is false`]
      const after = { ...before, ...action.next(before, choice) }
      if (model.constraint !== undefined && !model.constraint(after))
        return [`${printed}: outside the constraint`]
      return Object.entries(observation.after ?? {}).flatMap(([name, seen]) => {
        const expected = (after as Record<string, unknown>)[name]
        return isSame(expected, seen)
          ? []
          : [`${printed}: ${name} is ${JSON.stringify(expected)}, observed ${JSON.stringify(seen)}`]
      })
    }),
  )
  return reasons.length > 0 ? reasons : ['the model has no such action and choice']
}
