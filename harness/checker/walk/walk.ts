import type { Module } from '../../../spec/index.ts'
import { type Column, createColumn } from '../explore/column.ts'
import { createExpander } from '../explore/expand.ts'
import type { Violation } from '../explore/explore.ts'
import { type Broken, type Judge, judgeOf } from '../explore/judge.ts'
import { type Layout, layoutOf } from '../explore/layout.ts'
import { ModelFault } from '../explore/model-fault.ts'
import { createStateSet } from '../explore/state-set.ts'
import { pathTrace } from '../explore/trace.ts'
import type { Chance } from './chance.ts'
import { minimise } from './minimise.ts'

export interface WalkOptions {
  readonly walks: number
  /** States of a walk at most. */
  readonly lengthMax: number
  readonly chance: Chance
  /** Whether a state without a step, in which the model does not end, is a violation; default: yes. */
  readonly deadlock?: boolean
  readonly onProgress?: (walks: number, distinct: number) => void
}

/** What random walks saw. */
export interface Walked<State> {
  readonly walks: number
  /** States on all walks, and how many of them differ. */
  readonly visits: number
  readonly distinct: number
  /** Estimated chance that one more visit is of a state that was seen before. [Good, The population frequencies of species] */
  readonly coverage: number
  readonly sometimes: Readonly<Record<string, number>>
  readonly violation?: Violation<State>
  /** States of the way on which the violation was found, before it was minimised. */
  readonly found?: number
}

/**
 * Walks at random: from each state on to one of the states that follow, each as likely, however many actions lead there.
 * A violation is minimised. Throws ModelFault when the model itself is wrong.
 */
export function walk<State extends object>(model: Module<State>, options: WalkOptions): Walked<State> {
  const { walks, onProgress } = options
  const layout = layoutOf(model)
  const seen = createStateSet(layout.width)
  const visits = createColumn()
  const judge = judgeOf(model, layout)
  const walker: Walker<State> = {
    ...options,
    model,
    layout,
    judge,
    starts: startsOf(model, layout),
    successors: createSuccessors(model, layout, judge),
    visit: (words) => {
      const number = seen.add(words)
      if (number === visits.length) visits.push(1)
      else visits.set(number, visits.at(number) + 1)
    },
  }
  const result = (done: number) => ({
    walks: done,
    visits: visits.values().reduce((sum, count) => sum + count, 0),
    distinct: seen.count,
    coverage: coverageOf(visits),
    sometimes: judge.sometimes(),
  })
  for (let done = 0; done < walks; done++) {
    onProgress?.(done, seen.count)
    const { path, broken } = oneWalk(walker)
    if (broken === undefined) continue
    const violation = minimise(model, { ...broken, trace: pathTrace(model, { layout }, path) })
    return { ...result(done + 1), violation, found: path.length }
  }
  return result(walks)
}

type Found = Omit<Violation<unknown>, 'trace'>

interface Walker<State> extends WalkOptions {
  readonly model: Module<State>
  readonly layout: Layout<State>
  readonly judge: Judge<State>
  readonly starts: readonly Uint32Array[]
  readonly successors: (words: Uint32Array) => Successors
  readonly visit: (words: Uint32Array) => void
}

function oneWalk<State>(walker: Walker<State>): {
  readonly path: readonly Uint32Array[]
  readonly broken?: Found
} {
  const { model, layout, judge, starts, successors, visit, chance, lengthMax, deadlock = true } = walker
  const path = [starts[chance(starts.length)]!]
  for (;;) {
    const words = path.at(-1)!
    visit(words)
    const broken = judge.state(words, 0, path.length === 1)
    if (broken !== undefined) return { path, broken }
    if (path.length === lengthMax) return { path }
    const { next, bad, isEnd } = successors(words)
    if (bad !== undefined) return { path: [...path, bad.words], broken: bad.broken }
    if (isEnd && deadlock && !model.ends(layout.read(words, 0)))
      return { path, broken: { kind: 'deadlock', name: 'deadlock' } }
    if (next.length === 0) return { path }
    path.push(next[chance(next.length)]!)
  }
}

/** The states that follow one, each once. */
interface Successors {
  readonly next: readonly Uint32Array[]
  /** A step that violates something. */
  readonly bad?: { readonly words: Uint32Array; readonly broken: Broken }
  /** Nothing is possible, not even outside the constraint. */
  readonly isEnd: boolean
}

function createSuccessors<State extends object>(
  model: Module<State>,
  layout: Layout<State>,
  judge: Judge<State>,
): (words: Uint32Array) => Successors {
  const expander = createExpander(model, layout)
  return (words) => {
    const next = new Map<string, Uint32Array>()
    let bad: Successors['bad']
    let isEnd = true
    expander.expand(words, 0, (step) => {
      isEnd = false
      if (!step.isInside) return false
      const after = step.words.slice()
      next.set(after.join(), after)
      if (judge.step === undefined) return false
      const isSame = after.every((word, index) => word === words[index])
      const broken = judge.step(step, words, 0, isSame)
      if (broken !== undefined) bad = { words: after, broken }
      return bad !== undefined
    })
    return { next: [...next.values()], isEnd, ...(bad !== undefined && { bad }) }
  }
}

function startsOf<State extends object>(
  { name, init, constraint = () => true }: Module<State>,
  layout: Layout<State>,
): readonly Uint32Array[] {
  const starts = init.filter(constraint).map((state) => {
    const words = new Uint32Array(layout.width)
    layout.write(state, words)
    return words
  })
  if (starts.length === 0) throw new ModelFault(`${name} has no initial state`)
  return starts
}

function coverageOf(visits: Column): number {
  const counts = visits.values()
  const [all, once] = counts.reduce(
    ([sum, single], count) => [sum! + count, single! + (count === 1 ? 1 : 0)],
    [0, 0],
  )
  return all === 0 ? 0 : 1 - once! / all!
}
