import { exponential } from '../draws.ts'
import { cell, type Study } from '../study.ts'
import { trialsFor } from '../trials.ts'

type Deception = {
  /** The attacker's share of the nodes. */
  readonly nodes: number
  /** Peers of the light node. */
  readonly peers: number
  /** The attacker's share of the hash rate. */
  readonly share: number
  readonly confirmations: number
  /** Hours after which the light node distrusts a chain that does not grow. */
  readonly hours: number
}

const BLOCKS_AN_HOUR = 6

/** All peers are the attacker's, and it finds the confirmations in time. */
function lightDeceived({ nodes, peers, share, confirmations, hours }: Deception): number {
  const mean = share * hours * BLOCKS_AN_HOUR
  let [few, term] = [0, Math.exp(-mean)]
  for (let count = 0; count < confirmations; count++) {
    few += term
    term *= mean / (count + 1)
  }
  return nodes ** peers * (1 - few)
}

const CASES: readonly Deception[] = [
  { nodes: 0.5, peers: 1, share: 0.1, confirmations: 1, hours: 2 },
  { nodes: 0.5, peers: 2, share: 0.2, confirmations: 2, hours: 2 },
  { nodes: 0.5, peers: 4, share: 0.3, confirmations: 3, hours: 4 },
  { nodes: 0.9, peers: 8, share: 0.3, confirmations: 6, hours: 4 },
]

export const lightNode: Study = {
  name: 'light-node',
  title: 'A light node that hears the attacker alone',
  text: 'A light node believes the header chain with most work that its peers show. Only where all of them are the attacker’s can it be deceived, and only with as many real blocks as it asks confirmations for, before it distrusts a chain that stands still. One honest peer shows the better chain.',
  sources: ['Nakamoto 2008 §8', 'Heilman et al., Eclipse attacks on Bitcoin’s peer-to-peer network, 2015'],
  cells: CASES.map((deception) =>
    cell<Deception>({
      label: `${deception.peers} peers, ${deception.confirmations} confirmations, ${100 * deception.share} % of the hash rate`,
      parameters: deception,
      counts: ['peers', 'confirmations'],
      expected: lightDeceived,
      simulate: (parameters, stream) => {
        const { nodes, peers, share, confirmations, hours } = parameters
        const trials = trialsFor(lightDeceived(parameters))
        let [hits, events] = [0, 0]
        for (let trial = 0; trial < trials; trial++) {
          let honest = 0
          for (let peer = 0; peer < peers; peer++) if (stream.next() >= nodes) honest++
          events += peers
          if (honest > 0) continue
          let elapsed = 0
          for (let block = 0; block < confirmations; block++)
            elapsed += exponential(1 / (share * BLOCKS_AN_HOUR), stream)
          events += confirmations
          if (elapsed <= hours) hits++
        }
        return { sample: { kind: 'proportion', hits, of: trials }, events }
      },
    }),
  ),
}
