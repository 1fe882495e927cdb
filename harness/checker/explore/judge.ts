import type { Module, StepPredicate } from '../../../spec/index.ts'
import type { Generated } from './expand.ts'
import { refinementJudges } from './refinement.ts'
import { happeningOf } from './trace.ts'

/** What is violated: an invariant, a property of steps, or the implementation of another model. */
export interface Broken {
  readonly kind: 'invariant' | 'step' | 'refinement'
  readonly name: string
}

/** Judges each state once and each step, and counts what must be seen sometimes. */
export interface Judge<State> {
  readonly state: (state: State, isInitial: boolean) => Broken | undefined
  /** Absent when nothing is said of steps: then nobody need read the state after. */
  readonly step?: (step: Generated<State>, isSame: boolean, after: State) => Broken | undefined
  readonly sometimes: () => Readonly<Record<string, number>>
}

/** Everything that a model says of its states and steps, as one judge. */
export function judgeOf<State extends object>(model: Module<State>): Judge<State> {
  const invariants = Object.entries(model.invariants)
  const stepRules: [string, StepPredicate<State>][] = []
  for (const [name, property] of Object.entries(model.properties)) {
    if (property.kind === 'always') invariants.push([name, property.holds])
    if (property.kind === 'always-step') stepRules.push([name, property.holds])
  }
  const seenStates = Object.entries(model.sometimes).flatMap(([name, sometimes]) =>
    typeof sometimes === 'function' ? [{ name, holds: sometimes, count: 0 }] : [],
  )
  const seenSteps = Object.entries(model.sometimes).flatMap(([name, sometimes]) =>
    typeof sometimes === 'function' ? [] : [{ name, holds: sometimes.holds, count: 0 }],
  )
  const refinements = refinementJudges(model)
  const judgeStep = (step: Generated<State>, isSame: boolean, after: State): Broken | undefined => {
    const happened = happeningOf(model, step)
    for (const seen of seenSteps) if (seen.holds(step.state, after, happened)) seen.count++
    if (isSame) return undefined
    for (const [name, holds] of stepRules)
      if (!holds(step.state, after, happened)) return { kind: 'step', name }
    const broken = refinements.find(({ allowsStep }) => !allowsStep(step.state, after))
    return broken && { kind: 'refinement', name: broken.name }
  }
  return {
    state: (state, isInitial) => {
      for (const seen of seenStates) if (seen.holds(state)) seen.count++
      for (const [name, holds] of invariants) if (!holds(state)) return { kind: 'invariant', name }
      if (!isInitial) return undefined
      const broken = refinements.find(({ allowsInitial }) => !allowsInitial(state))
      return broken && { kind: 'refinement', name: broken.name }
    },
    ...(stepRules.length + seenSteps.length + refinements.length > 0 && { step: judgeStep }),
    sometimes: () =>
      Object.fromEntries([...seenStates, ...seenSteps].map(({ name, count }) => [name, count])),
  }
}
