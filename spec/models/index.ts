import type { Module } from '../language/index.ts'
import { blockLattice } from './block-lattice.ts'
import { deployment } from './deployment.ts'
import { forkChoice } from './fork-choice.ts'
import { headerPresync } from './header-presync.ts'
import { ledger } from './ledger.ts'
import { lockTime } from './lock-time.ts'
import { network } from './network.ts'
import { run } from './run.ts'
import { spv } from './spv.ts'
import { store } from './store.ts'

/** State machines small enough to explore whole, by name. */
// biome-ignore lint/suspicious/noExplicitAny: each model has states of its own
export const MODELS: ReadonlyMap<string, Module<any>> = new Map<string, Module<any>>([
  ['fork-choice', forkChoice],
  ['network', network],
  ['run', run],
  ['ledger', ledger],
  ['block-lattice', blockLattice],
  ['lock-time', lockTime],
  ['deployment', deployment],
  ['spv', spv],
  ['store', store],
  ['header-presync', headerPresync],
])

export { compose } from '../language/index.ts'
export { type RunConstants, run } from './run.ts'
export type { RunState } from './run-state.ts'
