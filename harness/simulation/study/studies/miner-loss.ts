import { exponential, gamma } from '../draws.ts'
import { cell, type Study } from '../study.ts'

type Loss = {
  /** Share of the hash rate that leaves. */
  readonly loss: number
  /** Target seconds between blocks. */
  readonly spacing: number
}

const PERIOD_BLOCKS = 2016
const RUNS = 100
const DAY = 86_400

/** Seconds between blocks until the next retarget. */
const slowed = ({ loss, spacing }: Loss) => spacing / (1 - loss)

/** Days to the next retarget when the loss comes at its beginning, and until the old spacing is back. */
function daysOfLoss(parameters: Loss): { first: number; all: number } {
  let spacing = slowed(parameters)
  const first = (PERIOD_BLOCKS * spacing) / DAY
  let all = 0
  while (spacing > parameters.spacing * (1 + 1e-9)) {
    all += (PERIOD_BLOCKS * spacing) / DAY
    spacing /= Math.min(4, spacing / parameters.spacing)
  }
  return { first, all }
}

/** Days until blocks come within a tenth of the target again, by a rule that looks at every block. */
function daysWith(next: (spacing: number, secondsAhead: number) => number, loss: number): number {
  let [spacing, time, blocks] = [slowed({ loss, spacing: 600 }), 0, 0]
  while (spacing > 660 && blocks < 100_000) {
    time += spacing
    blocks++
    spacing = next(spacing, time - 600 * blocks)
  }
  return time / DAY
}

const HALF_LIFE = 2 * DAY
/** Every two days behind schedule halve the difficulty. [Bitcoin Cash ASERT, aserti3-2d] */
const asert = (loss: number) =>
  daysWith((_, secondsBehind) => slowed({ loss, spacing: 600 }) * 2 ** (-secondsBehind / HALF_LIFE), loss)
/** Six blocks in more than twelve hours take a fifth off. [Bitcoin Cash, emergency adjustment of 2017] */
const emergency = (loss: number) =>
  daysWith((spacing) => (6 * spacing > DAY / 2 ? spacing * 0.8 : spacing), loss)

export const minerLoss: Study = {
  name: 'miner-loss',
  title: 'Miners leave',
  text: 'A share of the hash rate leaves at the beginning of a difficulty period. What is found is the mean interval until the next retarget, from the sum of its 2,016 intervals.',
  sources: ['the paper, 矿工节点流失', 'Bitcoin Cash, emergency difficulty adjustment 2017 and ASERT 2020'],
  cells: [
    ...[0.5, 0.9].map((loss) =>
      cell<Loss>({
        label: `${100 * loss} % leave: seconds a block`,
        parameters: { loss, spacing: 600 },
        expected: slowed,
        simulate: (parameters, stream) => {
          const of = RUNS * PERIOD_BLOCKS
          let total = 0
          for (let run = 0; run < RUNS; run++)
            for (let block = 0; block < PERIOD_BLOCKS; block++)
              total += exponential(slowed(parameters), stream)
          return { sample: { kind: 'waiting', total, of }, events: of }
        },
      }),
    ),
    cell<Loss>({
      label: '90 % leave: seconds a block in the period after the retarget',
      parameters: { loss: 0.9, spacing: 600 },
      expected: (parameters) => slowed(parameters) / 4,
      simulate: ({ loss, spacing }, stream) => {
        const of = RUNS * PERIOD_BLOCKS
        const target = PERIOD_BLOCKS * spacing
        let total = 0
        for (let run = 0; run < RUNS; run++) {
          const before = spacing / (1 - loss)
          const span = Math.min(4 * target, before * gamma(PERIOD_BLOCKS - 1, stream))
          total += ((before * target) / span) * gamma(PERIOD_BLOCKS, stream)
        }
        return { sample: { kind: 'waiting', total, of }, events: 2 * RUNS }
      },
    }),
  ],
  tables: () => [
    {
      title: 'Days until it is over, without chance',
      head: [
        'leave',
        'to the next retarget',
        'until 600 s again',
        'with ASERT',
        'with the emergency rule of 2017',
      ],
      rows: [0.5, 0.9, 0.95].map((loss) => {
        const { first, all } = daysOfLoss({ loss, spacing: 600 })
        const days = emergency(loss)
        return [
          `${100 * loss} %`,
          first.toFixed(1),
          all.toFixed(1),
          asert(loss).toFixed(1),
          days > 600 ? 'does not help' : days.toFixed(1),
        ]
      }),
    },
  ],
  notes: [
    'At 90 % six blocks take ten hours on average, so that the emergency rule of 2017 helps by luck only.',
  ],
}
