import type { RandomStream } from '../../simulator/random.ts'
import type { Simulated } from '../cell.ts'
import { cell, type Study } from '../study.ts'
import { trialsFor } from '../trials.ts'

type Rewrite = {
  /** The attacker's share of the work. */
  readonly share: number
  /** Blocks that it has to catch up. */
  readonly behind: number
}

type Poll = {
  /** Share of the nodes whose stores are tampered with. */
  readonly tampered: number
  /** Nodes that are asked. */
  readonly asked: number
}

/** The probability ever to catch up, for a minority of the work. [Feller, the ruin of a gambler; Nakamoto 2008 §11] */
function catchesUp({ share, behind }: Rewrite): number {
  return share >= 0.5 ? 1 : (share / (1 - share)) ** behind
}

const HOPELESS = 1e-8

function simulateRewrite({ share, behind }: Rewrite, stream: RandomStream): Simulated {
  const trials = trialsFor(catchesUp({ share, behind }))
  const behindMax = behind + Math.ceil(Math.log(HOPELESS) / Math.log(share / (1 - share)))
  let [hits, events] = [0, 0]
  for (let trial = 0; trial < trials; trial++) {
    let gap = behind
    for (; gap > 0 && gap < behindMax; events++) gap += stream.next() < share ? -1 : 1
    if (gap === 0) hits++
  }
  return { sample: { kind: 'proportion', hits, of: trials }, events }
}

/** The probability that most of the nodes asked are tampered with, if nodes were counted. */
function outvoted({ tampered, asked }: Poll): number {
  let [sum, ways] = [0, 1]
  for (let count = 0; count <= asked; count++) {
    if (count > 0) ways *= (asked - count + 1) / count
    if (2 * count > asked) sum += ways * tampered ** count * (1 - tampered) ** (asked - count)
  }
  return sum
}

function simulatePoll({ tampered, asked }: Poll, stream: RandomStream): Simulated {
  const trials = trialsFor(outvoted({ tampered, asked }))
  let hits = 0
  for (let trial = 0; trial < trials; trial++) {
    let count = 0
    for (let node = 0; node < asked; node++) if (stream.next() < tampered) count++
    if (2 * count > asked) hits++
  }
  return { sample: { kind: 'proportion', hits, of: trials }, events: trials * asked }
}

export const majority: Study = {
  name: 'majority',
  title: 'Altering history takes most of the work, not most of the nodes',
  text: 'A share of the work tries to catch up from some blocks behind. Beside it: how often a newcomer who believed most of the nodes it asks would be deceived by tampered stores. A node that checks work is deceived by none of them, because a store without work has no chain to show.',
  sources: ['Nakamoto 2008 §11', 'the paper, footnotes 7 and 16'],
  cells: [
    ...[
      [0.3, 1],
      [0.4, 3],
      [0.45, 6],
    ].map(([share, behind]) =>
      cell<Rewrite>({
        label: `${100 * share!} % of the work, ${behind} behind`,
        parameters: { share: share!, behind: behind! },
        counts: ['behind'],
        expected: catchesUp,
        simulate: simulateRewrite,
      }),
    ),
    ...[0.3, 0.51].map((tampered) =>
      cell<Poll>({
        label: `${100 * tampered} % of the nodes, 5 asked and counted`,
        parameters: { tampered, asked: 5 },
        counts: ['asked'],
        expected: outvoted,
        simulate: simulatePoll,
      }),
    ),
  ],
  notes: ['The paper counts nodes. What counts is work: nodes cost nothing to set up.'],
}
