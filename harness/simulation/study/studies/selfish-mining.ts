import { honestPolicy, type Policy, type Strength, selfishPolicy } from '../../adversary/policies/index.ts'
import { playPolicy } from '../play-policy.ts'
import { cell, type Study } from '../study.ts'

type Mining = Strength & Readonly<Record<string, number>>

/** The share of the main chain's blocks that selfish mining earns. [Eyal and Sirer 2014, equation 8] */
export function eyalSirer({ share, gamma }: Strength): number {
  const gained = share * (1 - share) ** 2 * (4 * share + gamma * (1 - 2 * share)) - share ** 3
  return gained / (1 - share * (1 + (2 - share) * share))
}

/** The share above which selfish mining pays. [Eyal and Sirer 2014, equation 9] */
export function selfishThreshold(gamma: number): number {
  return (1 - gamma) / (3 - 2 * gamma)
}

const BLOCKS = 2_000_000
const GAMMAS = [0, 0.5, 1]
const SHARES = [0.1, 0.2, 0.25, 1 / 3, 0.4, 0.45]
/** A threshold at no share at all cannot be tried. */
const GAMMAS_WITH_THRESHOLD = [0, 0.25, 0.5, 0.75, 0.9]

const mining = (
  policy: Policy,
  label: string,
  parameters: Strength & Mining,
  expected: (strength: Strength) => number,
) =>
  cell<Mining>({
    label,
    parameters,
    expected,
    simulate: (strength, stream) => playPolicy(policy, strength, BLOCKS, stream),
  })

export const selfishMining: Study = {
  name: 'selfish-mining',
  title: 'What a miner earns who keeps its blocks secret',
  text: 'A miner with a share of the hash rate follows the table of Eyal and Sirer; in a race of two published blocks a share γ of the others mines on its block. Revenue is its share of the blocks of the main chain. At the threshold it earns what its share is.',
  sources: ['Eyal and Sirer, Majority is not enough, 2014'],
  cells: [
    mining(honestPolicy, 'honest, share=0.300', { share: 0.3, gamma: 0.5 }, ({ share }) => share),
    ...GAMMAS.flatMap((gamma) =>
      SHARES.map((share) =>
        mining(selfishPolicy, `share=${share.toFixed(3)} γ=${gamma}`, { share, gamma }, eyalSirer),
      ),
    ),
    ...GAMMAS_WITH_THRESHOLD.map((gamma) => {
      const threshold = selfishThreshold(gamma)
      return mining(selfishPolicy, `threshold γ=${gamma}`, { share: threshold, gamma }, ({ share }) => share)
    }),
  ],
  plots: (results) => [
    {
      title: 'Revenue of selfish mining',
      x: { label: 'share of the hash rate', scale: 'linear' },
      y: { label: 'share of the main chain', scale: 'linear' },
      series: [
        { label: 'honest', kind: 'line', points: [0, 0.5].map((share) => ({ x: share, y: share })) },
        ...GAMMAS.flatMap((gamma) => [
          {
            label: `γ = ${gamma}`,
            kind: 'line' as const,
            points: Array.from({ length: 50 }, (_, step) => step / 100).map((share) => ({
              x: share,
              y: Math.max(0, eyalSirer({ share, gamma })),
            })),
          },
          {
            label: `γ = ${gamma}`,
            kind: 'points' as const,
            points: results
              .filter(({ parameters, label }) => parameters.gamma === gamma && label.startsWith('share'))
              .map(({ parameters, found, low, high }) => ({ x: parameters.share!, y: found, low, high })),
          },
        ]),
      ],
    },
    {
      title: 'The share from which selfish mining pays',
      x: { label: 'γ', scale: 'linear' },
      y: { label: 'threshold', scale: 'linear' },
      series: [
        {
          label: '(1 − γ)/(3 − 2γ)',
          kind: 'line',
          points: Array.from({ length: 101 }, (_, step) => ({
            x: step / 100,
            y: selfishThreshold(step / 100),
          })),
        },
      ],
    },
  ],
}
