import {
  equalForkStubbornPolicy,
  leadStubbornPolicy,
  optimalPolicy,
  type Policy,
  revenueOf,
  type Strength,
  selfishPolicy,
  trailStubbornPolicy,
} from '../../adversary/policies/index.ts'
import { playPolicy } from '../play-policy.ts'
import { cell, type Study, type StudyTable } from '../study.ts'

type Mining = Strength & Readonly<Record<string, number>>

const BLOCKS = 2_000_000
/** Blocks of a branch in the solved game. */
const LENGTH_MAX = 24

const STRENGTHS: readonly Strength[] = [
  { share: 0.35, gamma: 0 },
  { share: 0.4, gamma: 0 },
  { share: 0.3, gamma: 0.5 },
]

const STUBBORN: readonly Policy[] = [leadStubbornPolicy, equalForkStubbornPolicy, trailStubbornPolicy]

/** Lower bounds of the best revenue without help from the network. [Sapirshtein et al. 2015, table 2] */
const PUBLISHED: readonly (readonly [share: number, revenue: number])[] = [
  [0.35, 0.37075],
  [0.4, 0.48824],
]

/** The best policy is found for the strength that a cell is about, once; a wrong strength keeps the policy. */
function optimalCell({ share, gamma }: Strength) {
  let solved: Policy | undefined
  const policy = () => {
    solved ??= optimalPolicy({ share, gamma }, LENGTH_MAX)
    return solved
  }
  return cell<Mining>({
    label: `optimal share=${share} γ=${gamma}`,
    parameters: { share, gamma },
    expected: (strength) => revenueOf(policy(), strength, LENGTH_MAX),
    simulate: (strength, stream) => playPolicy(policy(), strength, BLOCKS, stream),
  })
}

export const optimalMining: Study = {
  name: 'optimal-mining',
  title: 'The best that a miner with secrets can do, and three that are stubborn',
  text: 'The game of adopt, override, match and wait is solved for branches of up to 24 blocks, and the table that comes out is played block by block; so are the tables of stubborn mining. The expected revenue is that of the Markov chain which a table makes.',
  sources: [
    'Sapirshtein, Sompolinsky and Zohar, Optimal selfish mining strategies in Bitcoin, 2015',
    'Nayak, Kumar, Miller and Shi, Stubborn mining, 2016',
  ],
  cells: [
    ...STRENGTHS.map(optimalCell),
    ...STUBBORN.map((policy) =>
      cell<Mining>({
        label: `${policy.name} share=0.3 γ=0.5`,
        parameters: { share: 0.3, gamma: 0.5 },
        expected: (strength) => revenueOf(policy, strength, LENGTH_MAX),
        simulate: (strength, stream) => playPolicy(policy, strength, BLOCKS, stream),
      }),
    ),
  ],
  tables: (results): StudyTable[] => [
    {
      title: `Revenue without help from the network; branches of up to ${LENGTH_MAX} blocks`,
      head: ['share', 'selfish', 'optimal, solved', 'optimal, played', 'published lower bound'],
      rows: PUBLISHED.map(([share, revenue]) => {
        const result = results.find(({ label }) => label === `optimal share=${share} γ=0`)!
        const selfish = revenueOf(selfishPolicy, { share, gamma: 0 }, 60)
        return [
          `${share}`,
          ...[selfish, result.expected, result.found, revenue].map((value) => value.toFixed(5)),
        ]
      }),
    },
  ],
  notes: [
    'The published bounds allow longer branches, so that they are above what is solved here, by less than 0.002.',
  ],
}
