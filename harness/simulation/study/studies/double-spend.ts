import type { RandomStream } from '../../simulator/random.ts'
import type { CellResult, Simulated } from '../cell.ts'
import { cell, type Study, type StudyTable } from '../study.ts'
import { trialsFor } from '../trials.ts'

type Race = { readonly q: number; readonly n: number }

/**
 * The probability that a payment with `n` confirmations is taken back by a share `q` of the hash rate that began one
 * block ahead; 1 from one half on. [Rosenfeld 2014, equation 1]
 */
export function rosenfeld({ q, n }: Race): number {
  const p = 1 - q
  if (q >= p) return 1
  let fails = 0
  let ways = 1
  for (let m = 0; m <= n; m++) {
    if (m > 0) ways *= (m + n - 1) / m
    fails += ways * (p ** n * q ** m - p ** m * q ** n)
  }
  return 1 - fails
}

/** The same by Nakamoto's approximation, in which the attacker's blocks are a Poisson variable. [Nakamoto 2008 §11] */
export function nakamoto({ q, n }: Race): number {
  const p = 1 - q
  if (q >= p) return 1
  const mean = (n * q) / p
  let fails = 0
  let term = Math.exp(-mean)
  for (let k = 0; k <= n; k++) {
    if (k > 0) term *= mean / k
    fails += term * (1 - (q / p) ** (n - k))
  }
  return 1 - fails
}

/** An attacker so far behind that it catches up with less than this probability has lost. */
const HOPELESS = 1e-8

/** One block after another belongs to the attacker or to the honest miners, until the race is decided. */
function simulate({ q, n }: Race, stream: RandomStream): Simulated {
  const trials = trialsFor(rosenfeld({ q, n }))
  const behindMax = Math.ceil(Math.log(HOPELESS) / Math.log(q / (1 - q)))
  let hits = 0
  let events = 0
  for (let trial = 0; trial < trials; trial++) {
    let lead = 1
    let confirmations = 0
    while (confirmations < n) {
      events++
      if (stream.next() < q) lead++
      else {
        lead--
        confirmations++
      }
    }
    // The branch with more work wins; with equal work nodes stay with what they saw first.
    while (lead < 1 && lead > -behindMax) {
      events++
      if (stream.next() < q) lead++
      else lead--
    }
    if (lead >= 1) hits++
  }
  return { sample: { kind: 'proportion', hits, of: trials }, events }
}

const SHARES = [0.1, 0.2, 0.3, 0.4]
const CONFIRMATIONS = [1, 2, 3, 4, 5, 6, 8, 10]

export const doubleSpend: Study = {
  name: 'double-spend',
  title: 'A payment is taken back after n confirmations',
  text: 'An attacker with a share q of the hash rate has one block in hand before it pays. The merchant waits for n confirmations. The race goes on until the attacker has more work or no hope.',
  sources: ['Rosenfeld, Analysis of hashrate-based double-spending, 2014', 'Nakamoto 2008 §11'],
  cells: SHARES.flatMap((q) =>
    CONFIRMATIONS.map((n) =>
      cell<Race>({
        label: `q=${q} n=${n}`,
        parameters: { q, n },
        counts: ['n'],
        expected: rosenfeld,
        simulate,
      }),
    ),
  ),
  tables: () => [approximation()],
  plots: (results) => [
    {
      title: 'Probability that the payment is taken back',
      x: { label: 'confirmations', scale: 'linear' },
      y: { label: 'probability', scale: 'log' },
      series: SHARES.flatMap((q) => [
        {
          label: `q = ${q}`,
          kind: 'line' as const,
          points: CONFIRMATIONS.map((n) => ({ x: n, y: rosenfeld({ q, n }) })),
        },
        { label: `q = ${q}`, kind: 'points' as const, points: pointsOf(results, q) },
      ]),
    },
  ],
}

function pointsOf(results: readonly CellResult[], q: number) {
  return results
    .filter(({ parameters, found }) => parameters.q === q && found > 0)
    .map(({ parameters, found, low, high }) => ({ x: parameters.n!, y: found, low, high }))
}

function approximation(): StudyTable {
  const percent = (value: number) => `${(100 * value).toFixed(4)} %`
  const rows = [0.1, 0.3].flatMap((q) =>
    [1, 2, 6, 10].map((n) => [`${q}`, `${n}`, percent(nakamoto({ q, n })), percent(rosenfeld({ q, n }))]),
  )
  const head = ['q', 'n', 'Nakamoto', 'exact']
  return { title: "Nakamoto's approximation has too few lucky attackers", head, rows }
}
