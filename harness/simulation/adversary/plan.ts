import fc from 'fast-check'
import { waitMs } from '../act.ts'
import { ACT_KINDS, HAZARDS, type Hazard, type PlannedAct, QUIET_HAZARDS } from './hazards.ts'

/** A whole attack: the world it is played on, what may go wrong in it by itself, and what is done to it. */
export interface Plan {
  /** Which of the chains in `chains.ts` is played on. */
  readonly chain: number
  readonly topology: number
  readonly latencyMs: number
  /** Seeds the draws of the network; each draw becomes an event of the stored scenario. */
  readonly networkSeed: number
  /** Those that are on; acts of others are left out. */
  readonly hazards: readonly Hazard[]
  readonly acts: readonly { readonly waitMs: number; readonly act: PlannedAct }[]
}

/** Plans of attack of up to this many acts. `quiet`: no machine or message fails, and few signatures are made. */
export function planArbitrary(actsMax: number, quiet: boolean): fc.Arbitrary<Plan> {
  const act = fc.oneof(
    ...ACT_KINDS.map((kind) => ({ weight: kind.weight, arbitrary: kind.arbitrary(quiet) })),
  )
  const acts = fc.array(fc.record({ waitMs, act }), {
    minLength: Math.ceil(actsMax / 3),
    maxLength: actsMax,
    size: 'max',
  })
  return fc.record({
    chain: fc.nat(9999),
    topology: fc.nat(9999),
    latencyMs: fc.constantFrom(0, 10, 50, 200),
    networkSeed: fc.nat(),
    hazards: quiet ? fc.constant([...QUIET_HAZARDS]) : fc.subarray([...HAZARDS]),
    acts,
  })
}
