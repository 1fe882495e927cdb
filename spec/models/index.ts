import type { Module } from '../language/index.ts'
import { deployment } from './deployment.ts'
import { forkChoice } from './fork-choice.ts'

/** State machines small enough to explore whole, by name. */
// biome-ignore lint/suspicious/noExplicitAny: each model has states of its own
export const MODELS: ReadonlyMap<string, Module<any>> = new Map<string, Module<any>>([
  ['fork-choice', forkChoice],
  ['deployment', deployment],
])
