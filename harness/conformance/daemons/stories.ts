import fc from 'fast-check'
import { type Story, story } from '../generated/moves.ts'
import type { DaemonClient } from './client.ts'

type Deployments = NonNullable<Story['chain']['deployments']>
type Deployment = NonNullable<Deployments[keyof Deployments]>

/** Blocks below each story, so that there are coins that may be spent; the last of them mature while it is told. */
const PRELUDE_BLOCKS = 104
/** Later than the clock starts, for blocks as far apart as they should be. */
const PRELUDE_SECONDS = 40_000

const always = fc.constant<Deployment>({ kind: 'always' })
const movable: fc.Arbitrary<Deployment> = fc.oneof(
  { weight: 5, arbitrary: always },
  { weight: 1, arbitrary: fc.constant<Deployment>({ kind: 'never' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('height'),
      height: fc.integer({ min: PRELUDE_BLOCKS, max: PRELUDE_BLOCKS + 26 }),
    }),
  },
)

/** Generated stories on the chain that a daemon has, the soft forks begun when it can begin them. */
export function storiesFor({ chain, movableForks, bip94IsOption }: DaemonClient): fc.Arbitrary<Story> {
  const deployments = fc.record(
    Object.fromEntries(movableForks.map((id) => [id, movable])) as Record<keyof Deployments, typeof movable>,
  )
  const enforceBip94 = bip94IsOption ? fc.boolean() : fc.constant(false)
  return fc.tuple(story, deployments, enforceBip94).map(([{ moves }, begun, bip94]) => ({
    chain: { base: chain, limits: { enforceBip94: bip94 }, deployments: begun },
    challenge: undefined,
    prelude: PRELUDE_BLOCKS,
    moves: [{ move: 'wait', seconds: PRELUDE_SECONDS }, ...moves],
  }))
}
