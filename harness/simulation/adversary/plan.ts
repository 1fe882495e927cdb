import fc from 'fast-check'
import type { Act } from './act.ts'
import { actArbitrary } from './act-arbitrary.ts'
import { FAULT_CLASSES, type FaultClass, QUIET_CLASSES } from './fault-classes.ts'

/** A whole attack: the world it is played on, what may go wrong in it by itself, and what is done to it. */
export interface Plan {
  /** Which of the chains in `chains.ts` is played on. */
  readonly chain: number
  readonly topology: number
  readonly latencyMs: number
  /** Seeds the draws of the network; each draw becomes an event of the stored scenario. */
  readonly networkSeed: number
  /** The classes that are on; acts of others are left out. */
  readonly faults: readonly FaultClass[]
  readonly acts: readonly { readonly waitMs: number; readonly act: Act }[]
}

const waitMs = fc.oneof(fc.nat(100), fc.nat(3_000))

/** Plans of attack of up to this many acts. `quiet`: no machine or message fails, and few signatures are made. */
export function planArbitrary(actsMax: number, quiet: boolean): fc.Arbitrary<Plan> {
  const acts = fc.array(fc.record({ waitMs, act: actArbitrary(quiet) }), {
    minLength: Math.ceil(actsMax / 3),
    maxLength: actsMax,
    size: 'max',
  })
  return fc.record({
    chain: fc.nat(9999),
    topology: fc.nat(9999),
    latencyMs: fc.constantFrom(0, 10, 50, 200),
    networkSeed: fc.nat(),
    faults: quiet
      ? fc.constant<FaultClass[]>([...QUIET_CLASSES])
      : fc.subarray<FaultClass>([...FAULT_CLASSES]),
    acts,
  })
}
