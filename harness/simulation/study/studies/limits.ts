import { MESSAGE_HEADER_BYTES } from '../../../wire/index.ts'
import type { RandomStream } from '../../simulator/random.ts'
import type { Simulated } from '../cell.ts'
import { exponential } from '../draws.ts'
import { createGossip, mineOnGossip } from '../gossip.ts'
import { cell, type Study, type StudyTable } from '../study.ts'
import { trialsFor } from '../trials.ts'
import { deckerWattenhofer } from './decker-wattenhofer.ts'

type Wait = { readonly interval: number; readonly minutes: number }

/** The probability that no block comes within so many minutes. */
function unconfirmedAfter({ interval, minutes }: Wait): number {
  return Math.exp((-minutes * 60) / interval)
}

type Load = {
  readonly interval: number
  /** Kilobytes of a block. */
  readonly kilobytes: number
}

/** Mean seconds until a node hears of a block: what is fixed, and what grows with its size. [Decker and Wattenhofer 2013] */
const heardAfter = (kilobytes: number) => 2 + 0.08 * kilobytes

const NETWORK = { nodes: 60, degree: 4, blocks: 100_000 }

function simulateLoad({ interval, kilobytes }: Load, stream: RandomStream): Simulated {
  const gossip = createGossip(NETWORK.nodes, NETWORK.degree, heardAfter(kilobytes))
  const run = mineOnGossip(gossip, { intervalSeconds: interval, blocks: NETWORK.blocks }, stream)
  return { sample: { kind: 'proportion', hits: run.forkedHeights, of: run.heights }, events: run.events }
}

/** What the paper gives for 2015, and its size of a transaction. */
const BOOK = { bytes: 40e9, transactions: 86e6 }
const TRANSACTION_BYTES = BOOK.bytes / BOOK.transactions
const YEAR_SECONDS = 365 * 86_400
const RATES = [1, 7, 100, 2000]
/** The announcement of a transaction, or the request for it: a count, a kind and a hash behind the header. */
const INVENTORY_BYTES = MESSAGE_HEADER_BYTES + 37
const PEERS = 8

/** Bytes that the book grows by in a year. */
export function growth(rate: number, bytes = TRANSACTION_BYTES): number {
  return rate * bytes * YEAR_SECONDS
}

/** Hashes behind a block of this difficulty. */
const hashesOf = (difficulty: number) => difficulty * 2 ** 32
/** Block 367,891 of August 2015: bits 0x18150815, subsidy 25. */
const BLOCK_2015 = { difficulty: 52_278_304_845.59, subsidy: 25 }

const thousands = (value: number) => Math.round(value).toLocaleString('en')

function tables(): StudyTable[] {
  return [
    {
      title: 'Growth of the book',
      head: ['transactions a second', 'bytes of one', 'a year'],
      rows: [
        ...RATES.map((rate) => [
          `${rate}`,
          TRANSACTION_BYTES.toFixed(0),
          `${(growth(rate) / 1e12).toFixed(3)} TB`,
        ]),
        ['2000, as the paper has it', thousands(1.42e15 / (2000 * YEAR_SECONDS)), '1,420 TB'],
      ],
    },
    {
      title: `Bytes a second of a node with ${PEERS} peers that serves as much as it takes`,
      head: ['transactions a second', 'receives', 'sends', 'blocks as full blocks, besides'],
      rows: RATES.map((rate) => {
        const relay = rate * (TRANSACTION_BYTES + MESSAGE_HEADER_BYTES + INVENTORY_BYTES)
        const announcements = (rate * INVENTORY_BYTES * PEERS) / 2
        const each = thousands(relay + announcements)
        return [`${rate}`, each, each, thousands(rate * TRANSACTION_BYTES)]
      }),
    },
    {
      title: 'Cost of a transaction at the difficulty of block 367,891',
      head: ['transactions a second', 'hashes', 'subsidy in coins', 'bytes that each full node keeps'],
      rows: RATES.map((rate) => {
        const perBlock = rate * 600
        const hashes = hashesOf(BLOCK_2015.difficulty) / perBlock
        const stored = TRANSACTION_BYTES.toFixed(0)
        return [`${rate}`, hashes.toExponential(3), (BLOCK_2015.subsidy / perBlock).toFixed(6), stored]
      }),
    },
    {
      title: 'Stale blocks on live networks, and a fit to them: 0.4 s and 4 ms a kilobyte',
      head: ['network', 'interval / s', 'measured', 'fit', 'ratio'],
      rows: (
        [
          ['Bitcoin', 600, 534.8, 0.0041],
          ['Litecoin', 150, 6.11, 0.00273],
          ['Dogecoin', 60, 8, 0.00619],
        ] as const
      ).map(([name, interval, kilobytes, measured]) => {
        const delay = 0.4 + 0.004 * kilobytes
        const stale = delay / interval
        return [name, `${interval}`, percent(measured), percent(stale), (stale / measured).toFixed(2)]
      }),
    },
    {
      title: 'Forks on the live network of 2013: a block each 633.68 s, heard after 11.37 s',
      head: ['', 'forks a block'],
      rows: [
        ['model', percent(deckerWattenhofer({ interval: 633.68, delay: 11.37 }))],
        ['measured', '1.69 %'],
      ],
    },
    {
      title: 'Forks against block size and interval, by the model of 2013 (2 s and 80 ms a kilobyte)',
      head: ['transactions a second', ...[600, 150, 60].map((interval) => `${interval} s`)],
      rows: RATES.map((rate) => [
        `${rate}`,
        ...[600, 150, 60].map((interval) => {
          const kilobytes = (rate * interval * TRANSACTION_BYTES) / 1000
          const forks = deckerWattenhofer({ interval, delay: heardAfter(kilobytes) })
          return `${(kilobytes / 1000).toFixed(2)} MB: ${percent(forks)}`
        }),
      ]),
    },
  ]
}

const percent = (value: number) => `${(100 * value).toFixed(2)} %`

export const limits: Study = {
  name: 'limits',
  title: 'The limits that the paper names: minutes, megabytes, transactions a second',
  text: 'How long a payment waits for its first block, how often blocks fork when they grow larger or come faster, and by arithmetic: growth of the book, bytes a second of a node, cost of a transaction.',
  sources: ['the paper, section 1.3', 'Gervais et al. 2016', 'Decker and Wattenhofer 2013'],
  cells: [
    ...[5, 10, 30].map((minutes) =>
      cell<Wait>({
        label: `no block within ${minutes} minutes`,
        parameters: { interval: 600, minutes },
        expected: unconfirmedAfter,
        simulate: ({ interval, minutes: limit }, stream) => {
          const trials = trialsFor(unconfirmedAfter({ interval, minutes: limit }))
          let hits = 0
          for (let trial = 0; trial < trials; trial++) if (exponential(interval, stream) > limit * 60) hits++
          return { sample: { kind: 'proportion', hits, of: trials }, events: trials }
        },
      }),
    ),
    ...(
      [
        [600, 280],
        [600, 1000],
        [150, 100],
      ] as const
    ).map(([interval, kilobytes]) =>
      cell<Load>({
        label: `forks: blocks of ${kilobytes} kB each ${interval} s`,
        parameters: { interval, kilobytes },
        expected: (load) => deckerWattenhofer({ interval: load.interval, delay: heardAfter(load.kilobytes) }),
        simulate: simulateLoad,
      }),
    ),
  ],
  tables,
  notes: [
    'Ten minutes to a first confirmation is a mean, not a minimum: 36.8 % of the payments wait longer.',
    '1.42 PB a year implies 22.5 kB a transaction. The paper’s own 40 GB for 86 million transactions is 465 bytes, which gives 29 TB a year at 2,000 transactions a second.',
  ],
}
