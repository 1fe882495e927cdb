import fc from 'fast-check'
import type { StoryLimits } from '../../adapters/index.ts'
import { type Story, story } from '../../generators/index.ts'

type Deployments = NonNullable<Story['chain']['deployments']>
type Deployment = NonNullable<Deployments[keyof Deployments]>

/**
 * Blocks below each story, so that there are coins that may be spent; the last of them mature while it is played. The most
 * end just below the first block of a period, of which BIP94 has something to say, and the first halving.
 */
const PRELUDE_BLOCKS = fc.oneof(fc.constant(104), fc.integer({ min: 136, max: 146 }))
/** Later than the clock starts, for blocks as far apart as they should be. */
const PRELUDE_SECONDS = 60_000
/** The story has about so many blocks; soft forks begin among them. */
const STORY_BLOCKS = 26

const always: Deployment = { kind: 'always' }
const coming: fc.WeightedArbitrary<Deployment>[] = [
  { weight: 5, arbitrary: fc.constant(always) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('height'), height: fc.nat(STORY_BLOCKS) }) },
]
const inevitable = fc.oneof(...coming)
const movable = fc.oneof(...coming, { weight: 1, arbitrary: fc.constant<Deployment>({ kind: 'never' }) })

/** Generated stories on the chain that a target has, the soft forks begun when it can begin them. */
export function storiesFor({
  chain,
  movableForks,
  inevitableForks = [],
  bip94IsOption,
  prelude: below,
}: StoryLimits): fc.Arbitrary<Story> {
  const parts = {
    story,
    prelude: below === undefined ? PRELUDE_BLOCKS : fc.constant(below.blocks),
    enforceBip94: bip94IsOption ? fc.boolean() : fc.constant(false),
    forks: fc.record(
      Object.fromEntries(movableForks.map((id) => [id, inevitableForks.includes(id) ? inevitable : movable])),
    ),
  }
  return fc.record(parts).map(({ story: { moves }, prelude, enforceBip94, forks }) => ({
    chain: {
      base: typeof chain === 'string' ? chain : chain.name,
      limits: { enforceBip94 },
      deployments: begunAbove(prelude, forks),
    },
    ...(typeof chain !== 'string' && { file: chain }),
    challenge: undefined,
    prelude,
    ...(below && { ground: { version: below.version, startTime: below.startTime } }),
    moves: [{ move: 'wait', seconds: PRELUDE_SECONDS }, ...moves],
  }))
}

/** Heights counted from the prelude's last block. */
function begunAbove(prelude: number, forks: Readonly<Record<string, Deployment>>): Deployments {
  return Object.fromEntries(
    Object.entries(forks).map(([id, fork]) => [
      id,
      fork.kind === 'height' ? { ...fork, height: fork.height + prelude } : fork,
    ]),
  )
}
