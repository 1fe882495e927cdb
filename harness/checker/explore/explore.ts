import type { Module } from '../../../spec/index.ts'
import { createColumn } from './column.ts'
import { createExpander, type Generated } from './expand.ts'
import { type Broken, judgeOf } from './judge.ts'
import { layoutOf } from './layout.ts'
import { ModelFault } from './model-fault.ts'
import { NO_PARENT, OUTSIDE, type Space, type StepTable } from './space.ts'
import { createStateSet, type mix } from './state-set.ts'
import { canonicalOf } from './symmetry.ts'
import { createInspection } from './symmetry-inspection.ts'
import { type Trace, traceTo } from './trace.ts'

export interface ExploreOptions {
  /** Bytes that the states seen may take, with all that is kept beside them. */
  readonly memoryBytesMax?: number
  /** Whether a state without a step, in which the model does not end, is a violation; default: yes. */
  readonly deadlock?: boolean
  /** Whether all steps are kept, for liveness; default: no. */
  readonly keepSteps?: boolean
  /** Whether one state stands for all that differ only in the names of interchangeable processes; default: no. */
  readonly symmetry?: boolean
  readonly onProgress?: (progress: Progress) => void
  /** How states are hashed; a test may give a hash that collides. */
  readonly hash?: typeof mix
}

export interface Progress {
  readonly explored: number
  readonly distinct: number
  readonly generated: number
  readonly depth: number
}

/** How often an action was possible, was taken, and led to a state that was new. */
export interface ActionCount {
  readonly name: string
  /** States in which it was possible with some choice. */
  readonly enabled: number
  readonly taken: number
  readonly fresh: number
}

export interface Violation<State> {
  readonly kind: Broken['kind'] | 'deadlock' | 'liveness'
  /** Of the invariant, the property or the model that it should implement. */
  readonly name: string
  readonly trace: Trace<State>
}

/** What an exploration has found out. */
export interface Exploration<State> {
  /** `bounded`: memory came to its end before the states did. */
  readonly outcome: 'complete' | 'violation' | 'bounded'
  /** States inside the constraint. */
  readonly distinct: number
  /** As TLC counts: initial states, and one for each way of each step. */
  readonly generated: number
  /** Levels; initial states are the first. */
  readonly depth: number
  /** States that were seen and not yet explored. */
  readonly queue: number
  readonly actions: readonly ActionCount[]
  /** How often each thing that must be seen sometimes was seen: in how many states, or steps. */
  readonly sometimes: Readonly<Record<string, number>>
  readonly violation?: Violation<State>
  readonly space: Space<State>
}

/** States between two reports of progress, at which memory is asked for, too. */
const BETWEEN_REPORTS = 4096

/**
 * Explores every state that a model reaches, level by level, so that the first violation found is one of the shortest.
 * Throws ModelFault when the model itself is wrong.
 */
export function explore<State extends object>(
  model: Module<State>,
  options: ExploreOptions = {},
): Exploration<State> {
  const { memoryBytesMax = Number.POSITIVE_INFINITY, deadlock = true, onProgress } = options
  const layout = layoutOf(model)
  const states = createStateSet(layout.width, options.hash)
  const parents = createColumn()
  const steps = options.keepSteps === true ? createStepTable() : undefined
  const canonical = options.symmetry === true ? canonicalOf(model, layout) : undefined
  const space: Space<State> = {
    layout,
    states,
    parents,
    ...(steps !== undefined && { steps }),
    ...(canonical !== undefined && { canonical }),
  }
  const inspect = canonical && createInspection(model, layout, canonical)
  const labels = labelStarts(model)
  const judge = judgeOf(model, layout)
  const actions = model.actions.map(({ name }) => ({ name, enabled: 0, taken: 0, fresh: 0 }))
  const count = { generated: addInitial(model, space), explored: 0, depth: 0 }
  const initial = states.count
  let broken: Broken | undefined
  let lastWords: Uint32Array | undefined
  let lastAction = -1

  const visit = (step: Generated<State>): boolean => {
    count.generated += step.ways
    const action = actions[step.action]!
    if (step.action !== lastAction) action.enabled++
    lastAction = step.action
    action.taken++
    const at = count.explored * layout.width
    if (judge.step !== undefined && step.isInside)
      broken = judge.step(step, states.arena, at, isAt(step.words, states.arena, at))
    if (step.isInside) canonical?.(step.words)
    const before = states.count
    const target = step.isInside ? states.add(step.words) : OUTSIDE
    if (target === before) {
      parents.push(count.explored)
      action.fresh++
    }
    if (steps !== undefined) {
      steps.targets.push(target)
      steps.labels.push(labels[step.action]! + step.choice)
    }
    if (broken === undefined) return false
    lastWords = step.words.slice()
    return true
  }

  const expander = createExpander(model, layout)
  const judgeNext = (): Omit<Violation<State>, 'trace'> | undefined => {
    const at = count.explored * layout.width
    steps?.starts.push(steps.targets.length)
    inspect?.(layout.read(states.arena, at), count.explored)
    const brokenHere = judge.state(states.arena, at, count.explored < initial)
    if (brokenHere !== undefined) return brokenHere
    lastAction = -1
    expander.expand(states.arena, at, visit)
    if (broken !== undefined) return broken
    return deadlock && lastAction === -1 && !model.ends(layout.read(states.arena, at))
      ? { kind: 'deadlock', name: 'deadlock' }
      : undefined
  }
  const finish = (
    outcome: Exploration<State>['outcome'],
    violation?: Violation<State>,
  ): Exploration<State> => ({
    outcome,
    distinct: states.count,
    generated: count.generated,
    depth: count.depth,
    queue: states.count - count.explored,
    actions,
    sometimes: judge.sometimes(),
    ...(violation !== undefined && { violation }),
    space,
  })

  for (let levelEnd = 0; count.explored < states.count; count.explored++) {
    if (count.explored === levelEnd) {
      count.depth++
      levelEnd = states.count
    }
    if (count.explored % BETWEEN_REPORTS === 0) {
      onProgress?.({ ...count, distinct: states.count })
      if (bytesOf(space) > memoryBytesMax) return finish('bounded')
    }
    const violation = judgeNext()
    if (violation !== undefined) {
      const trace = traceTo(model, space, count.explored, lastWords)
      return finish('violation', { ...violation, trace })
    }
  }
  steps?.starts.push(steps.targets.length)
  return finish('complete')
}

/** Adds the initial states and returns how many are given, those outside the constraint included. */
function addInitial<State extends object>(
  { name, init, constraint }: Module<State>,
  { layout, states, parents, canonical }: Space<State>,
): number {
  if (init.length === 0) throw new ModelFault(`${name} has no initial state`)
  const words = new Uint32Array(layout.width)
  for (const state of init) {
    if (constraint !== undefined && !constraint(state)) continue
    layout.write(state, words)
    canonical?.(words)
    if (states.add(words) === parents.length) parents.push(NO_PARENT)
  }
  return init.length
}

function isAt(words: Uint32Array, arena: Uint32Array, at: number): boolean {
  for (let word = 0; word < words.length; word++) if (arena[at + word] !== words[word]) return false
  return true
}

function createStepTable(): StepTable {
  return { starts: createColumn(), targets: createColumn(), labels: createColumn() }
}

/** The number of each action's first choice, when all choices of all actions are numbered. */
function labelStarts<State>({ actions }: Module<State>): readonly number[] {
  let start = 0
  return actions.map(({ choices }) => {
    start += choices.length
    return start - choices.length
  })
}

function bytesOf<State>({ states, parents, steps }: Space<State>): number {
  const columns = steps === undefined ? [parents] : [parents, steps.starts, steps.targets, steps.labels]
  return columns.reduce((sum, { bytes }) => sum + bytes, states.bytes)
}
