import type { Module } from '../../../spec/index.ts'
import { check } from '../check.ts'
import type { PublishedRun } from './classic.ts'

/** What is published of one run, and the same of ours. */
export interface Comparison {
  readonly expected: object
  readonly found: object
  readonly isEqual: boolean
  readonly seconds: number
}

/** Explores a model and lays what is found beside what is published. */
export function compareRun<State extends object>(model: Module<State>, run: PublishedRun): Comparison {
  const { preset, ...published } = run
  const symmetry = 'symmetry' in run && run.symmetry === true
  const start = performance.now()
  const checked = check(preset === undefined ? model : model.withPreset(preset), { symmetry })
  const seconds = (performance.now() - start) / 1000
  const { violation, distinct, generated, depth, liveness } = checked
  const counts = { distinct, generated: 'generated' in published ? generated : undefined, depth }
  const fails = liveness.flatMap(({ name, verdict }) => (verdict === 'fails' ? [name] : []))
  const found =
    violation !== undefined && violation.kind !== 'liveness'
      ? { violates: violation.name, states: violation.trace.length }
      : { ...counts, fails, ...(symmetry && { symmetry }) }
  const expected = 'violates' in published ? published : { generated: undefined, fails: [], ...published }
  return { expected, found, isEqual: same(expected, found), seconds }
}

function same(left: object, right: object): boolean {
  const sorted = (value: object) => JSON.stringify(Object.entries(value).sort())
  return sorted(left) === sorted(right)
}
