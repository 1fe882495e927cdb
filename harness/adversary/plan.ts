import fc from 'fast-check'
import { around } from './around.ts'

/** Classes of trouble, switched on or off for a whole run. */
export const FAULT_CLASSES = [
  'loss',
  'delay',
  'duplicate',
  'corrupt',
  'partition',
  'crash',
  'disk',
  'clock',
  'pause',
] as const
export type FaultClass = (typeof FAULT_CLASSES)[number]

/**
 * One act of an attack. Numbers are choices, taken modulo what there is to choose from when the act begins, so that
 * every plan can be played on every world and a shrunk plan is still a plan.
 */
export type Act =
  | { readonly act: 'mine'; readonly node: number; readonly count: number; readonly pace: number }
  | {
      readonly act: 'pay'
      readonly node: number
      readonly coin: number
      readonly ways: number
      readonly lock: number
    }
  | { readonly act: 'race'; readonly node: number; readonly other: number; readonly coin: number }
  | { readonly act: 'finney'; readonly node: number; readonly coin: number; readonly waitMs: number }
  | {
      readonly act: 'fork'
      readonly node: number
      readonly depth: number
      readonly length: number
      readonly pace: number
      readonly spending: number
      readonly backwards: boolean
    }
  | {
      readonly act: 'lock-edge'
      readonly node: number
      readonly kind: number
      readonly offset: number
      readonly open: boolean
      readonly way: number
    }
  | { readonly act: 'mature-edge'; readonly node: number; readonly offset: number; readonly loose: boolean }
  | {
      readonly act: 'bad-block'
      readonly node: number
      readonly flaw: number
      readonly children: number
      readonly byPeer: boolean
    }
  | {
      readonly act: 'withhold'
      readonly node: number
      readonly length: number
      readonly manner: number
      readonly waitMs: number
    }
  | { readonly act: 'overrule'; readonly node: number; readonly depth: number; readonly lastsMs: number }
  | { readonly act: 'babble'; readonly node: number; readonly command: number; readonly content: number }
  | { readonly act: 'partition'; readonly shape: number; readonly cut: number; readonly lastsMs: number }
  | {
      readonly act: 'crash'
      readonly node: number
      readonly atWrite: number
      readonly survives: number
      readonly lastsMs: number
      readonly fork: number
    }
  | { readonly act: 'disk-full'; readonly node: number; readonly lastsMs: number }
  | { readonly act: 'clock'; readonly node: number; readonly seconds: number }
  | { readonly act: 'pause'; readonly node: number; readonly lastsMs: number }

/** A whole attack: the world it is played on, what may go wrong in it by itself, and what is done to it. */
export interface Plan {
  /** Which of the chains in `chains.ts` is played on. */
  readonly chain: number
  readonly topology: number
  readonly latencyMs: number
  /** Seeds the draws of the network; each draw becomes an event of the stored scenario. */
  readonly networkSeed: number
  readonly faults: readonly FaultClass[]
  readonly acts: readonly { readonly waitMs: number; readonly act: Act }[]
}

const choice = fc.nat(9999)
const node = fc.nat(31)
const waitMs = fc.oneof(fc.nat(100), fc.nat(3_000))

type ActTable = Record<Act['act'], { readonly weight: number; readonly arbitrary: fc.Arbitrary<Act> }>

/** `locks`: how many of the kinds of lock payments may have; the first ones need no signature. */
const actTable = (locks: number): ActTable => ({
  mine: {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant('mine'),
      node,
      count: fc.integer({ min: 1, max: 4 }),
      pace: choice,
    }),
  },
  pay: {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('pay'),
      node,
      coin: choice,
      ways: fc.integer({ min: 1, max: 3 }),
      lock: fc.nat(locks - 1),
    }),
  },
  race: { weight: 3, arbitrary: fc.record({ act: fc.constant('race'), node, other: node, coin: choice }) },
  finney: { weight: 2, arbitrary: fc.record({ act: fc.constant('finney'), node, coin: choice, waitMs }) },
  fork: {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('fork'),
      node,
      depth: fc.oneof({ weight: 4, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(14) }),
      length: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 1, max: 5 }) },
        { weight: 1, arbitrary: fc.nat(16) },
      ),
      pace: choice,
      spending: choice,
      backwards: fc.boolean(),
    }),
  },
  'lock-edge': {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('lock-edge'),
      node,
      kind: choice,
      offset: around(0, 600),
      open: fc.oneof(
        { weight: 1, arbitrary: fc.constant(true) },
        { weight: 4, arbitrary: fc.constant(false) },
      ),
      way: choice,
    }),
  },
  'mature-edge': {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('mature-edge'),
      node,
      offset: around(0, 3),
      loose: fc.boolean(),
    }),
  },
  'bad-block': {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('bad-block'),
      node,
      flaw: choice,
      children: fc.nat(2),
      byPeer: fc.boolean(),
    }),
  },
  withhold: {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('withhold'),
      node,
      length: fc.integer({ min: 1, max: 4 }),
      manner: choice,
      waitMs,
    }),
  },
  overrule: {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('overrule'), node, depth: fc.nat(4), lastsMs: fc.nat(10_000) }),
  },
  babble: {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('babble'), node, command: choice, content: fc.nat() }),
  },
  partition: {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('partition'),
      shape: choice,
      cut: node,
      lastsMs: fc.nat(20_000),
    }),
  },
  crash: {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('crash'),
      node,
      atWrite: fc.nat(12),
      survives: fc.constantFrom(0, 64, 128, 255, 256),
      lastsMs: fc.nat(5_000),
      fork: fc.nat(4),
    }),
  },
  'disk-full': {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('disk-full'), node, lastsMs: fc.nat(5_000) }),
  },
  clock: {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('clock'),
      node,
      seconds: fc.oneof(around(0, 600), around(7200, 60), around(-7200, 60)),
    }),
  },
  pause: { weight: 1, arbitrary: fc.record({ act: fc.constant('pause'), node, lastsMs: fc.nat(10_000) }) },
})

/** Kinds of lock that a payment may have, and how many of the first ones need no signature. */
const LOCKS = 8
const LOCKS_WITHOUT_KEYS = 3

/** Plans of attack of up to this many acts. `quiet`: no machine or message fails, and few signatures are made. */
export function planArbitrary(actsMax: number, quiet: boolean): fc.Arbitrary<Plan> {
  const acts = fc.array(
    fc.record({ waitMs, act: fc.oneof(...Object.values(actTable(quiet ? LOCKS_WITHOUT_KEYS : LOCKS))) }),
    {
      minLength: Math.ceil(actsMax / 3),
      maxLength: actsMax,
      size: 'max',
    },
  )
  return fc.record({
    chain: choice,
    topology: choice,
    latencyMs: fc.constantFrom(0, 10, 50, 200),
    networkSeed: fc.nat(),
    faults: quiet ? fc.constant<FaultClass[]>(['partition']) : fc.subarray([...FAULT_CLASSES]),
    acts,
  })
}
