import { chainLookup, createNodeFactory, createSpecOracle } from '../../adapters/index.ts'
import type { Hazard } from '../adversary/hazards.ts'
import type { PlanSetup } from './play-plan.ts'
import { type Profile, runSeed, type SeedReport, type ShrunkSeed, shrinkSeed } from './run-seed.ts'

/** Work for one thread, as plain data. */
export interface CampaignTask {
  readonly seed: number
  readonly nodes: number
  readonly profile: Profile
  /** Hazards that are left out of every draw. */
  readonly without: readonly Hazard[]
  /** Tours of the network model that each seed plays (default: 0). */
  readonly tours?: number
  /** Make the seed's failure small, in this time, instead of playing it once. */
  readonly shrinkMs?: number
}

export type TaskResult = { readonly report: SeedReport } | { readonly shrunk: ShrunkSeed | undefined }

const kept = new Map<string, PlanSetup>()

/** Plays or shrinks one seed with the built-in node; the specification's memory lasts as long as the thread. */
export function performTask({ seed, nodes, profile, without, tours, shrinkMs }: CampaignTask): TaskResult {
  const setup = { ...setupFor(nodes, profile), without, ...(tours !== undefined && { tours }) }
  return shrinkMs === undefined
    ? { report: runSeed(seed, profile, setup) }
    : { shrunk: shrinkSeed(seed, profile, setup, shrinkMs) }
}

function setupFor(nodes: number, profile: Profile): PlanSetup {
  const key = `${nodes} ${profile}`
  const known = kept.get(key) ?? {
    nodes,
    createNode: createNodeFactory(),
    chains: chainLookup,
    oracle: profile === 'perf' ? undefined : createSpecOracle(),
  }
  kept.set(key, known)
  return known
}
