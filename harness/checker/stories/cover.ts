import type { Module } from '../../../spec/index.ts'
import type { ScenarioSource } from '../../scenario/index.ts'
import { explore } from '../explore/explore.ts'
import { NO_PARENT, OUTSIDE, type Space, type StepTable } from '../explore/space.ts'
import { entryOf, type Trace, type TraceEntry } from '../explore/trace.ts'
import { withoutJudges } from '../explore/without-judges.ts'
import { taleOf } from './index.ts'
import { type Tale, writeScenario } from './write.ts'

/** Scenarios that a model's graph comes to. */
export interface Cover {
  /** Fewer than there are where so many were not asked for. */
  readonly scenarios: readonly ScenarioSource[]
  /** Steps of the graph, every one of which is the last of some tale. */
  readonly steps: number
  /** Different tales, none of which is the beginning of another. */
  readonly tales: number
}

/**
 * Goes through every step of a model's graph, on the shortest way there, and plays it to the node that acts in it. What
 * a longer tale covers as well is left out, so that the scenarios together take every step. Undefined when nobody has
 * written how the model is replayed, or when not all states fit in memory.
 */
export function coverOf<State extends object>(
  model: Module<State>,
  { scenariosMax, memoryBytesMax }: { readonly scenariosMax: number; readonly memoryBytesMax: number },
): Cover | undefined {
  const { outcome, space } = explore(withoutJudges(model), {
    keepSteps: true,
    deadlock: false,
    memoryBytesMax,
  })
  if (outcome !== 'complete') return undefined
  const tales = new Map<string, Tale>()
  const beginnings = new Set<string>()
  let steps = 0
  for (const trace of tracesOf(model, space, space.steps!)) {
    const tale = taleOf(model, trace)
    if (tale === undefined) return undefined
    steps++
    const key = keyOf(tale)
    if (tale.happened.length === 0 || tales.has(key)) continue
    tales.set(key, tale)
    for (let length = 1; length < tale.happened.length; length++)
      beginnings.add(keyOf({ ...tale, happened: tale.happened.slice(0, length) }))
  }
  const whole = [...tales].flatMap(([key, tale]) => (beginnings.has(key) ? [] : [tale]))
  return {
    scenarios: spread(whole, scenariosMax).map(writeScenario),
    steps,
    tales: whole.length,
  }
}

/** A way to each step of the graph, with the step as its last. */
function* tracesOf<State extends object>(
  model: Module<State>,
  { layout, states, parents }: Space<State>,
  { starts, targets, labels }: StepTable,
): Generator<Trace<State>, void> {
  const happenings = model.actions.flatMap(({ choices }, action) =>
    choices.map((_, choice) => ({ action, choice })),
  )
  const stateAt = (number: number) => layout.read(states.arena, number * layout.width)
  /** The way to each state: that to its parent, and the first step from there to it. */
  const ways: Trace<State>[] = []
  const beyond = (step: number): TraceEntry<State> =>
    entryOf(model, happenings[labels.at(step)]!, stateAt(targets.at(step)))
  for (let from = 0; from < states.count; from++) {
    if (parents.at(from) === NO_PARENT) ways[from] = [{ state: stateAt(from) }]
    for (let step = starts.at(from); step < starts.at(from + 1); step++) {
      const target = targets.at(step)
      if (target === OUTSIDE) continue
      const trace = [...ways[from]!, beyond(step)]
      if (parents.at(target) === from) ways[target] ??= trace
      yield trace
    }
  }
}

/** What the node goes through: tales that differ only in what it never hears of are one. */
function keyOf({ blocks, happened }: Tale): string {
  const numbers = new Map<number, number>()
  return happened
    .map((event) => {
      if (event.kind !== 'block') return event.kind
      numbers.set(event.block, numbers.size + 1)
      const { parent, work = 1, payment = 'none' } = blocks.get(event.block)!
      return `${numbers.get(parent) ?? 0} ${work} ${payment}`
    })
    .join(';')
}

/** So many of them, from all over the list. */
function spread<Entry>(list: readonly Entry[], most: number): readonly Entry[] {
  if (list.length <= most) return list
  return Array.from({ length: most }, (_, index) => list[Math.floor((index * list.length) / most)]!)
}
