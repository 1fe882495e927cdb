import fc from 'fast-check'
import type { ScenarioSource } from '../scenario/index.ts'

/** The smallest chain, its limits moved near and its soft forks begun at any time or never. */
export type ChainVariant = Extract<ScenarioSource['chain'], { base: string }>
type Deployments = Required<NonNullable<ChainVariant['deployments']>>
type Deployment = Deployments[keyof Deployments]

/** Unix seconds at which the smallest chain begins. */
const GENESIS_TIME = 1_600_000_000
/** Seconds between most blocks. */
const TEMPO_SECONDS = 600

const deployment: fc.Arbitrary<Deployment> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Deployment>({ kind: 'always' }) },
  { weight: 1, arbitrary: fc.constant<Deployment>({ kind: 'never' }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('height'), height: fc.integer({ min: 2, max: 24 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('time'), medianTime: secondsIntoTheChain(12_000) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('bip9'),
      bit: fc.nat(2),
      startTime: secondsIntoTheChain(3_000),
      timeout: secondsIntoTheChain(20_000),
      minActivationHeight: fc.constantFrom(0, 9, 18),
      threshold: fc.integer({ min: 1, max: 4 }),
      window: fc.constant(4),
    }),
  },
)

/** Soft forks each at a time of its own. */
const atAnyTime: fc.Arbitrary<Deployments> = fc.record({
  bip16: deployment,
  bip34: deployment,
  bip65: deployment,
  bip66: deployment,
  csv: deployment,
  segwit: deployment,
  taproot: deployment,
})

/** Soft forks by height, one after the other, in the order in which Bitcoin had them. */
const oneByOne: fc.Arbitrary<Deployments> = fc
  .array(fc.integer({ min: 1, max: 5 }), { minLength: 7, maxLength: 7 })
  .map((gaps) => {
    const heights = gaps.map((_, index) => gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0))
    const at = (index: number): Deployment => ({ kind: 'height', height: heights[index]! })
    return {
      bip16: at(0),
      bip34: at(1),
      bip66: at(2),
      bip65: at(3),
      csv: at(4),
      segwit: at(5),
      taproot: at(6),
    }
  })

function secondsIntoTheChain(max: number): fc.Arbitrary<number> {
  const offset = fc.oneof(
    fc.nat(max),
    // Times that a median may meet exactly.
    fc.nat(Math.floor(max / TEMPO_SECONDS)).map((blocks) => blocks * TEMPO_SECONDS),
  )
  return offset.map((seconds) => GENESIS_TIME + seconds)
}

/** Chains founded from the smallest one. */
export const chainVariant: fc.Arbitrary<ChainVariant> = fc.record({
  base: fc.constant('tiny'),
  limits: fc.record({
    coinbaseMaturityBlocks: fc.integer({ min: 1, max: 4 }),
    retargetIntervalBlocks: fc.constantFrom(4, 7, 144),
    noRetargeting: fc.boolean(),
    allowMinDifficulty: fc.constantFrom(false, false, true),
    enforceBip94: fc.boolean(),
    halvingIntervalBlocks: fc.constantFrom(6, 2, 150),
    maxMoneySats: fc.constantFrom(2_100_000_000_000_000, 15_000_000_000, 10_000_000_000),
    maxBlockWeight: fc.constantFrom(4_000_000, 6_000),
    maxBlockSigopsCost: fc.constantFrom(80_000, 80_000, 4_000),
    medianTimeSpanBlocks: fc.constantFrom(11, 11, 5),
  }),
  deployments: fc.oneof({ weight: 3, arbitrary: atAnyTime }, { weight: 1, arbitrary: oneByOne }),
  scriptsFromGenesis: fc.boolean(),
})

/** Chains whose subsidy halves with every block. */
export const lateVariant: fc.Arbitrary<ChainVariant> = chainVariant.map((variant) => ({
  ...variant,
  limits: { ...variant.limits, halvingIntervalBlocks: 1 },
}))

/** Chains after Litecoin's: scrypt, whole periods measured, and a rule on versions that segwit brings soon. */
export const scryptVariant: fc.Arbitrary<ChainVariant> = fc
  .tuple(chainVariant, oneByOne, fc.integer({ min: 1, max: 6 }))
  .map(([variant, deployments, height]) => ({
    ...variant,
    base: 'litecoin-regtest',
    // No chain has both.
    limits: { ...variant.limits, enforceBip94: false },
    deployments: { ...deployments, segwit: { kind: 'height', height } },
  }))
