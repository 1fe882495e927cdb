import fc from 'fast-check'
import type { ChainFile, Prelude } from '../ports/index.ts'
import { type ChainVariant, chainVariant, lateVariant, scryptVariant } from './chains.ts'

/** How one transaction is made. Numbers are choices among what there is when the move begins. */
export interface Spend {
  readonly coin: number
  /** What its first output demands; 0 is nothing. */
  readonly lock: number
  /** Spend what the transaction before it makes, rather than a coin of the chain. */
  readonly chained: boolean
  /** The one thing that is unusual about it, by its place in the table of oddities. */
  readonly oddity: { readonly kind: number; readonly choice: number } | undefined
}

/** How the blocks of a branch reach the target. */
export type Delivery = 'in-order' | 'backwards' | 'headers-first' | 'header-then-block'

/** One move of a story; every list of moves can be played on every chain, so that a shrunk story is still a story. */
export type Move =
  | {
      readonly move: 'grow'
      readonly depth: number
      readonly spends: readonly Spend[]
      readonly fromPool: boolean
      readonly pace: number
      readonly signals: number
      readonly commits: boolean
      readonly headerFirst: boolean
    }
  | {
      readonly move: 'fork'
      readonly depth: number
      readonly length: number
      readonly spends: readonly Spend[]
      /** Which block of the branch has the transactions of the blocks that it replaces; none when it is beyond the branch. */
      readonly reuseIn: number
      readonly pace: number
      readonly delivery: Delivery
    }
  | {
      readonly move: 'fault'
      readonly depth: number
      readonly kind: number
      /** The rules among whose faults it is; absent: any rule. */
      readonly rules?: readonly string[]
      readonly choice: number
      readonly spends: readonly Spend[]
      readonly child: boolean
    }
  | {
      /** A coin is opened at a limit of the script machine. */
      readonly move: 'open'
      readonly kind: number
      readonly unconfirmed: boolean
    }
  | {
      /** One transaction on both sides of an activation. */
      readonly move: 'straddle'
      readonly choice: number
      readonly unconfirmed: boolean
      /** The branch on which the soft fork is in force comes first. */
      readonly afterFirst: boolean
      readonly takesBack: boolean
      readonly pace: number
    }
  | { readonly move: 'unconfirmed'; readonly spends: readonly Spend[] }
  | { readonly move: 'again'; readonly item: number; readonly asHeader: boolean }
  | { readonly move: 'flip'; readonly item: number; readonly offset: number; readonly bit: number }
  | { readonly move: 'cut'; readonly item: number; readonly length: number }
  | { readonly move: 'invalidate' | 'reconsider'; readonly block: number }
  | { readonly move: 'wait'; readonly seconds: number }

/** A chain and all that is tried on it. */
export interface Story {
  readonly chain: ChainVariant
  /** The whole chain, where it is none that is built in; given instead of `chain`. */
  readonly file?: ChainFile
  /** Which script authorises the blocks of a signet; absent where none is needed. */
  readonly challenge: number | undefined
  /** Empty blocks before the first move. */
  readonly prelude: number
  /** The version of those blocks and the time of the first, Unix seconds; absent: the usual ones. */
  readonly ground?: Omit<Prelude, 'blocks'>
  /** Seconds between blocks that have no other pace; absent: 600. */
  readonly tempo?: number
  readonly moves: readonly Move[]
}

const CHOICES = 10_000
const choice = fc.nat(CHOICES)

/** 0, the usual, but for one time in `odds`. */
const seldom = (odds: number) =>
  fc.oneof({ weight: odds - 1, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: choice })

const rarely = (odds: number) => fc.nat(odds - 1).map((drawn) => drawn === odds - 1)

const spend: fc.Arbitrary<Spend> = fc.record({
  coin: choice,
  lock: seldom(3),
  chained: rarely(5),
  oddity: fc.option(fc.record({ kind: choice, choice }), { nil: undefined, freq: 9 }),
})

const spends = fc.array(spend, { maxLength: 3 })

/** 0 is the tip: where a block mostly goes. */
const depth = fc.oneof(
  { weight: 9, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
)

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.record({
      move: fc.constant('grow'),
      depth,
      spends,
      fromPool: fc.boolean(),
      pace: seldom(3),
      signals: fc.nat(7),
      commits: rarely(4),
      headerFirst: rarely(10),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      move: fc.constant('fork'),
      depth: fc.integer({ min: 1, max: 8 }),
      length: fc.integer({ min: 1, max: 9 }),
      spends,
      reuseIn: fc.nat(12),
      pace: seldom(3),
      delivery: fc.constantFrom('in-order', 'backwards', 'headers-first', 'header-then-block'),
    }),
  },
  {
    weight: 40,
    arbitrary: fc.record({
      move: fc.constant('fault'),
      depth,
      kind: choice,
      choice,
      spends: fc.array(spend, { maxLength: 1 }),
      child: rarely(6),
    }),
  },
  { weight: 8, arbitrary: fc.record({ move: fc.constant('open'), kind: choice, unconfirmed: rarely(3) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      move: fc.constant('straddle'),
      choice,
      unconfirmed: fc.boolean(),
      afterFirst: fc.boolean(),
      takesBack: rarely(3),
      pace: seldom(2),
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      move: fc.constant('unconfirmed'),
      spends: fc.array(spend, { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ move: fc.constant('again'), item: choice, asHeader: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      move: fc.constant('flip'),
      item: choice,
      offset: fc.nat(1_000_000),
      bit: fc.nat(7),
    }),
  },
  { weight: 2, arbitrary: fc.record({ move: fc.constant('cut'), item: choice, length: fc.nat(1_000_000) }) },
  { weight: 2, arbitrary: fc.record({ move: fc.constantFrom('invalidate', 'reconsider'), block: choice }) },
  { weight: 1, arbitrary: fc.record({ move: fc.constant('wait'), seconds: fc.nat(20_000) }) },
)

const MOVES_MAX = 60

const moves = fc.array(move, { minLength: 1, maxLength: MOVES_MAX, size: 'max' })
const noChallenge = fc.constant(undefined)
/** Twice the unit of BIP68 is a multiple of it, ten minutes are not. */
const tempo = fc.constantFrom(600, 600, 512)

/** Stories to be played to two engines at once. */
export const story: fc.Arbitrary<Story> = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.record({
      chain: chainVariant,
      challenge: noChallenge,
      prelude: fc.constant(0),
      tempo,
      moves,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ chain: chainVariant, challenge: choice, prelude: fc.constant(0), tempo, moves }),
  },
  // Scrypt takes its time.
  {
    weight: 2,
    arbitrary: fc.record({
      chain: scryptVariant,
      challenge: noChallenge,
      prelude: fc.constant(0),
      tempo,
      moves,
    }),
  },
  // The last halving comes after 64 blocks.
  {
    weight: 5,
    arbitrary: fc.record({
      chain: lateVariant,
      challenge: noChallenge,
      prelude: fc.integer({ min: 61, max: 64 }),
      tempo,
      moves,
    }),
  },
  // From 128 on a height takes two bytes.
  {
    weight: 1,
    arbitrary: fc.record({
      chain: chainVariant,
      challenge: noChallenge,
      prelude: fc.integer({ min: 126, max: 127 }),
      tempo,
      moves,
    }),
  },
)
