import type { RandomStream } from '../../simulator/random.ts'
import type { Simulated } from '../cell.ts'
import { createGossip, mineOnGossip } from '../gossip.ts'
import { cell, type Study } from '../study.ts'

type Spread = {
  /** Mean seconds between blocks. */
  readonly interval: number
  /** Mean seconds until a node hears of a block. */
  readonly delay: number
}

/**
 * The probability that a second block is found while one spreads: `1 / interval` is the chance of a block in a second,
 * `delay` the integral of the share that has not heard of it. [Decker and Wattenhofer 2013, equation 3]
 */
export function deckerWattenhofer({ interval, delay }: Spread): number {
  return 1 - (1 - 1 / interval) ** delay
}

const NETWORKS = [
  { nodes: 2000, degree: 8, blocks: 4_000, interval: 633.68, delay: 11.37 },
  { nodes: 1000, degree: 8, blocks: 8_000, interval: 600, delay: 30 },
  { nodes: 100, degree: 4, blocks: 60_000, interval: 600, delay: 30 },
  { nodes: 60, degree: 4, blocks: 220_000, interval: 150, delay: 11.37 },
]

function simulateOn(nodes: number, degree: number, blocks: number) {
  return ({ interval, delay }: Spread, stream: RandomStream): Simulated => {
    const gossip = createGossip(nodes, degree, delay)
    const run = mineOnGossip(gossip, { intervalSeconds: interval, blocks }, stream)
    return { sample: { kind: 'proportion', hits: run.forkedHeights, of: run.heights }, events: run.events }
  }
}

export const forkProbability: Study = {
  name: 'fork-probability',
  title: 'A second block is found while the first one spreads',
  text: 'Blocks spread from neighbour to neighbour over a random network with exponential delays; every node mines on the highest block that it heard first. A fork is a height at which more than one block was found.',
  sources: ['Decker and Wattenhofer, Information propagation in the Bitcoin network, 2013'],
  cells: NETWORKS.map(({ nodes, degree, blocks, interval, delay }) =>
    cell<Spread>({
      label: `${nodes} nodes, a block each ${interval} s, heard after ${delay} s`,
      parameters: { interval, delay },
      expected: deckerWattenhofer,
      simulate: simulateOn(nodes, degree, blocks),
    }),
  ),
  tables: () => [
    {
      title: 'The live network of 2013',
      head: ['', 'forks a block'],
      rows: [
        ['model', `${(100 * deckerWattenhofer({ interval: 633.68, delay: 11.37 })).toFixed(2)} %`],
        ['measured', '1.69 %'],
      ],
    },
  ],
}
