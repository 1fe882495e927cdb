import type { Module, Predicate, StepPredicate } from '../../../spec/index.ts'
import type { Generated } from './expand.ts'
import type { Layout } from './layout.ts'
import { createMemo } from './memo.ts'
import { createRecording } from './recording.ts'
import { refinementJudges } from './refinement.ts'
import { happeningOf } from './trace.ts'

/** What is violated: an invariant, a property of steps, or the implementation of another model. */
export interface Broken {
  readonly kind: 'invariant' | 'step' | 'refinement'
  readonly name: string
}

/** Judges each state once and each step, and counts what must be seen sometimes. */
export interface Judge<State> {
  /** Judges the state that lies, packed, at `at`. */
  readonly state: (arena: Uint32Array, at: number, isInitial: boolean) => Broken | undefined
  /** Absent when nothing is said of steps. `isSame`: the step changes nothing. */
  readonly step?: (
    step: Generated<State>,
    arena: Uint32Array,
    at: number,
    isSame: boolean,
  ) => Broken | undefined
  readonly sometimes: () => Readonly<Record<string, number>>
}

/** Everything that a model says of its states and steps, as one judge. */
export function judgeOf<State extends object>(model: Module<State>, layout: Layout<State>): Judge<State> {
  const recording = createRecording(layout)
  const remembered = ([name, holds]: readonly [string, Predicate<State>]) => {
    const memo = createMemo(recording, holds)
    const isTrue = (arena: Uint32Array, at: number) => memo.ask(arena, at) ?? holds(layout.read(arena, at))
    return { name, isTrue, count: 0 }
  }
  const properties = Object.entries(model.properties)
  const invariants = [
    ...Object.entries(model.invariants),
    ...properties.flatMap(([name, property]) =>
      property.kind === 'always' ? [[name, property.holds] as const] : [],
    ),
  ].map(remembered)
  const stepRules = properties.flatMap(([name, property]): [string, StepPredicate<State>][] =>
    property.kind === 'always-step' ? [[name, property.holds]] : [],
  )
  const sometimes = Object.entries(model.sometimes)
  const seenStates = sometimes.flatMap(([name, seen]) =>
    typeof seen === 'function' ? [remembered([name, seen])] : [],
  )
  const seenSteps = sometimes.flatMap(([name, seen]) =>
    typeof seen === 'function' ? [] : [{ name, holds: seen.holds, count: 0 }],
  )
  const refinements = refinementJudges(model, layout)
  const judgeDecoded = (step: Generated<State>, isSame: boolean): Broken | undefined => {
    const after = layout.read(step.words, 0)
    const happened = happeningOf(model, step)
    for (const seen of seenSteps) if (seen.holds(step.state, after, happened)) seen.count++
    if (isSame) return undefined
    for (const [name, holds] of stepRules)
      if (!holds(step.state, after, happened)) return { kind: 'step', name }
    return undefined
  }
  const isDecoded = stepRules.length + seenSteps.length > 0
  const judgeStep: Judge<State>['step'] = (step, arena, at, isSame) => {
    const broken = isDecoded ? judgeDecoded(step, isSame) : undefined
    if (broken !== undefined || isSame) return broken
    for (const { name, allowsStep } of refinements)
      if (!allowsStep(arena, at, step.words)) return { kind: 'refinement', name }
    return undefined
  }
  return {
    state: (arena, at, isInitial) => {
      for (const seen of seenStates) if (seen.isTrue(arena, at)) seen.count++
      for (const { name, isTrue } of invariants) if (!isTrue(arena, at)) return { kind: 'invariant', name }
      if (!isInitial) return undefined
      const broken = refinements.find(({ allowsInitial }) => !allowsInitial(arena, at))
      return broken && { kind: 'refinement', name: broken.name }
    },
    ...(isDecoded || refinements.length > 0 ? { step: judgeStep } : {}),
    sometimes: () =>
      Object.fromEntries([...seenStates, ...seenSteps].map(({ name, count }) => [name, count])),
  }
}
