import fc from 'fast-check'
import { around } from '../../generators/index.ts'
import type { Act } from './act.ts'

/** Any act, some more often than others; `quiet`: few signatures are made. */
export const actArbitrary = (quiet: boolean): fc.Arbitrary<Act> =>
  fc.oneof(...Object.values(actTable(quiet ? LOCKS_WITHOUT_KEYS : LOCKS)))

const choice = fc.nat(9999)
const node = fc.nat(31)
const waitMs = fc.oneof(fc.nat(100), fc.nat(3_000))
const lastsMs = fc.nat(5_000)
const survives = fc.constantFrom(0, 64, 128, 255, 256)

/** Kinds of lock that a payment may have, and how many of the first ones need no signature. */
const LOCKS = 8
const LOCKS_WITHOUT_KEYS = 3

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
  race: { weight: 2, arbitrary: fc.record({ act: fc.constant('race'), node, other: node, coin: choice }) },
  finney: { weight: 2, arbitrary: fc.record({ act: fc.constant('finney'), node, coin: choice, waitMs }) },
  'one-confirmation': { weight: 2, arbitrary: doubleSpend('one-confirmation') },
  majority: { weight: 2, arbitrary: doubleSpend('majority') },
  eclipse: { weight: 2, arbitrary: doubleSpend('eclipse') },
  equivocate: {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('equivocate'), node, other: node, coin: choice }),
  },
  selfish: {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('selfish'),
      node,
      lead: fc.integer({ min: 1, max: 3 }),
      waitMs,
    }),
  },
  timewarp: {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('timewarp'), node, periods: fc.integer({ min: 1, max: 2 }) }),
  },
  'header-spam': {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('header-spam'),
      node,
      depth: fc.nat(8),
      count: fc.integer({ min: 5, max: 30 }),
    }),
  },
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
    weight: 4,
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
      survives,
      lastsMs,
      fork: fc.nat(4),
    }),
  },
  kill: { weight: 1, arbitrary: fc.record({ act: fc.constant('kill'), node, survives, lastsMs }) },
  wipe: { weight: 1, arbitrary: fc.record({ act: fc.constant('wipe'), node, lastsMs }) },
  stop: { weight: 1, arbitrary: fc.record({ act: fc.constant('stop'), node, lastsMs }) },
  pause: { weight: 1, arbitrary: fc.record({ act: fc.constant('pause'), node, lastsMs: fc.nat(10_000) }) },
  'disk-full': { weight: 1, arbitrary: fc.record({ act: fc.constant('disk-full'), node, lastsMs }) },
  'disk-slow': {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('disk-slow'),
      node,
      msPerWrite: fc.constantFrom(1, 20, 300),
      lastsMs,
    }),
  },
  'disk-flip': { weight: 1, arbitrary: damage('disk-flip') },
  'disk-misdirect': { weight: 1, arbitrary: damage('disk-misdirect') },
  'disk-unreadable': { weight: 1, arbitrary: damage('disk-unreadable') },
  'clock-step': { weight: 1, arbitrary: fc.record({ act: fc.constant('clock-step'), node, seconds }) },
  'clock-drift': {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('clock-drift'),
      node,
      seconds,
      ppm: fc.oneof(around(0, 500), fc.integer({ min: -100_000, max: 100_000 })),
    }),
  },
})

/** Clocks are right, or about as far off as headers may be. */
const seconds = fc.oneof(around(0, 600), around(7200, 60), around(-7200, 60))

function doubleSpend<Name extends 'one-confirmation' | 'majority' | 'eclipse'>(act: Name) {
  return fc.record({
    act: fc.constant(act),
    node,
    other: node,
    coin: choice,
    depth: fc.integer({ min: 1, max: 4 }),
    waitMs,
  })
}

function damage<Name extends 'disk-flip' | 'disk-misdirect' | 'disk-unreadable'>(act: Name) {
  return fc.record({ act: fc.constant(act), node, position: fc.nat(0xffffff), sequel: choice })
}
