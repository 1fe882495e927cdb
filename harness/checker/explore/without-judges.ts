import type { Module } from '../../../spec/index.ts'

/** The model's behaviours, with nothing said of them: what is explored is only what can happen. */
export function withoutJudges<State>(model: Module<State>): Module<State> {
  return { ...model, invariants: {}, properties: {}, refinements: {}, sometimes: {} }
}
