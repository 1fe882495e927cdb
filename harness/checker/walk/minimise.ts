import { type Module, stepsFrom, waysOf } from '../../../spec/index.ts'
import { explore, type Violation } from '../explore/explore.ts'
import { judgeOf } from '../explore/judge.ts'
import { layoutOf } from '../explore/layout.ts'
import { entryOf, type Trace, type TraceEntry } from '../explore/trace.ts'
import { withoutJudges } from '../explore/without-judges.ts'
import { onlyProperty } from '../only-property.ts'

/** Memory for the search inside what is left. */
const MEMORY_BYTES = 256 * 2 ** 20

/** An action with one of its choices, by their numbers. */
interface Label {
  readonly action: number
  readonly choice: number
}

/**
 * A shorter way to the same violation. First steps are left out as long as it still comes (delta debugging), then every
 * order of the steps that are left is explored. [Zeller and Hildebrandt, Simplifying and isolating failure-inducing input]
 */
export function minimise<State extends object>(
  model: Module<State>,
  violation: Violation<State>,
): Violation<State> {
  const isDeadlock = violation.kind === 'deadlock'
  const judged = isDeadlock ? withoutJudges(model) : onlyProperty(model, violation.name)
  const first = violation.trace[0]!.state
  const kept = leaveOut(
    labelsOf(model, violation.trace),
    (labels) => replay(judged, first, labels, isDeadlock) !== undefined,
  )
  const replayed = replay(judged, first, kept, isDeadlock) ?? violation.trace
  if (isDeadlock) return { ...violation, trace: replayed }
  const inside = explore(restricted(judged, kept), { deadlock: false, memoryBytesMax: MEMORY_BYTES })
  const trace = inside.violation?.trace ?? replayed
  return { ...violation, trace: trace.length < replayed.length ? trace : replayed }
}

/** A part of the list that still fulfils the predicate, from which no single entry can be left out. */
function leaveOut<Entry>(
  list: readonly Entry[],
  isEnough: (part: readonly Entry[]) => boolean,
): readonly Entry[] {
  let kept = list
  for (let size = Math.ceil(list.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < kept.length; ) {
      const part = kept.toSpliced(at, size)
      if (isEnough(part)) kept = part
      else at += size
    }
  return kept
}

/** Takes these steps in order, leaving out those that are not possible, until what is judged is violated. */
function replay<State extends object>(
  model: Module<State>,
  first: State,
  labels: readonly Label[],
  isDeadlock: boolean,
): Trace<State> | undefined {
  const layout = layoutOf(model)
  const judge = judgeOf(model, layout)
  const wordsOf = (state: State) => {
    const words = new Uint32Array(layout.width)
    layout.write(state, words)
    return words
  }
  const trace: TraceEntry<State>[] = [{ state: first }]
  const isEnd = (state: State) =>
    isDeadlock && !model.ends(state) && stepsFrom(model, state).next().done === true
  for (const label of [undefined, ...labels]) {
    const { state } = trace.at(-1)!
    if (label === undefined) {
      if (judge.state(wordsOf(state), 0, true) !== undefined || isEnd(state)) return trace
      continue
    }
    const action = model.actions[label.action]!
    const choice = action.choices[label.choice]!
    if (waysOf(action, state, choice) === 0) continue
    const after = { ...state, ...action.next(state, choice) }
    if (model.constraint !== undefined && !model.constraint(after)) continue
    trace.push(entryOf(model, label, after))
    const words = wordsOf(after)
    const broken = judge.step?.({ ...label, state, ways: 1, words, isInside: true }, wordsOf(state), 0, false)
    if (broken !== undefined || judge.state(words, 0, false) !== undefined || isEnd(after)) return trace
  }
  return undefined
}

function labelsOf<State>({ actions }: Module<State>, trace: Trace<State>): readonly Label[] {
  return trace.flatMap(({ happened }) => {
    const action = actions.findIndex(({ name }) => name === happened?.action)
    return action === -1 ? [] : [{ action, choice: actions[action]!.choices.indexOf(happened!.choice) }]
  })
}

/** The model in which only these steps are possible. */
function restricted<State>(model: Module<State>, labels: readonly Label[]): Module<State> {
  return {
    ...model,
    actions: model.actions.map((action, number) => ({
      ...action,
      choices: action.choices.filter((_, choice) =>
        labels.some((label) => label.action === number && label.choice === choice),
      ),
    })),
  }
}
