import type { RandomStream } from '../../simulator/random.ts'
import type { Simulated } from '../cell.ts'
import { exponential } from '../draws.ts'
import { cell, type Study } from '../study.ts'

type Mesh = {
  /** Mean seconds between blocks. */
  readonly interval: number
  /** Seconds until all others hear of a block. */
  readonly delay: number
}

/** The sum of the squares of the miners' shares: how likely two blocks are of one miner. */
const concentration = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share * share, 0)

/** Stale blocks among all blocks found, to the first order in delay / interval. [FIGURES: λ d (1 − Σ p²)] */
export function staleFirstOrder({ interval, delay }: Mesh, shares: readonly number[]): number {
  return (delay / interval) * (1 - concentration(shares))
}

/** The same where each height takes the delay longer than mining does: exact for many small miners. */
function staleShare(mesh: Mesh, shares: readonly number[]): number {
  const perHeight = staleFirstOrder(mesh, shares)
  return perHeight / (1 + perHeight)
}

const BLOCKS = 1_500_000

/** Every miner hears of each block at the same time after it was found, and mines on the first of the highest. */
function simulateWith(shares: readonly number[]) {
  return ({ interval, delay }: Mesh, stream: RandomStream): Simulated => {
    const own = new Int32Array(shares.length)
    const bounds = shares.map((_, miner) => shares.slice(0, miner + 1).reduce((sum, share) => sum + share, 0))
    const known: { readonly time: number; readonly height: number }[] = []
    let [time, heard, highest, at] = [0, 0, 0, 0]
    for (let found = 0; found < BLOCKS; found++) {
      time += exponential(interval, stream)
      while (at < known.length && known[at]!.time <= time) heard = Math.max(heard, known[at++]!.height)
      if (at > 1000) {
        known.splice(0, at)
        at = 0
      }
      const draw = stream.next()
      const miner = Math.max(
        0,
        bounds.findIndex((bound) => draw < bound),
      )
      const height = Math.max(own[miner]!, heard) + 1
      own[miner] = height
      highest = Math.max(highest, height)
      known.push({ time: time + delay, height })
    }
    return { sample: { kind: 'proportion', hits: BLOCKS - highest, of: BLOCKS }, events: 2 * BLOCKS }
  }
}

const equal = (miners: number) => Array.from({ length: miners }, () => 1 / miners)

const MINERS: readonly (readonly [name: string, shares: readonly number[]])[] = [
  ['100 equal miners', equal(100)],
  ['5 equal miners', equal(5)],
  ['pools of 30, 25, 20, 15 and 10 %', [0.3, 0.25, 0.2, 0.15, 0.1]],
]
const DELAYS = [2, 10, 30]

export const staleShareStudy: Study = {
  name: 'stale-share',
  title: 'Blocks that do not stay, among all that are found',
  text: 'All other miners hear of a block after one delay. The stale share is stale blocks divided by all blocks found. The closed form is λ d (1 − Σ p²) to the first order, and each height takes that much longer.',
  sources: ['Gervais et al., On the security and performance of proof of work blockchains, 2016'],
  cells: MINERS.flatMap(([name, shares]) =>
    DELAYS.map((delay) =>
      cell<Mesh>({
        label: `${name}, ${delay} s`,
        parameters: { interval: 600, delay },
        expected: (mesh) => staleShare(mesh, shares),
        simulate: simulateWith(shares),
      }),
    ),
  ),
  plots: (results) => [
    {
      title: 'Stale share against the delay',
      x: { label: 'delay / s', scale: 'linear' },
      y: { label: 'stale share', scale: 'linear' },
      series: MINERS.flatMap(([name, shares]) => [
        {
          label: name,
          kind: 'line' as const,
          points: [0, 10, 20, 30].map((delay) => ({
            x: delay,
            y: staleShare({ interval: 600, delay }, shares),
          })),
        },
        {
          label: name,
          kind: 'points' as const,
          points: results
            .filter(({ label }) => label.startsWith(name))
            .map(({ parameters, found, low, high }) => ({ x: parameters.delay!, y: found, low, high })),
        },
      ]),
    },
  ],
}
