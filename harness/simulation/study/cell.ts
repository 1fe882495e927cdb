import type { RandomStream } from '../simulator/random.ts'
import { type Interval, intervalOf, type Sample } from './interval.ts'

/** What a quantity depends on, by name; whole numbers stay whole when they are varied. */
export type Parameters = Readonly<Record<string, number>>

/** What a simulation came to, and how many events it took. */
export interface Simulated {
  readonly sample: Sample
  readonly events: number
}

/** One quantity that theory knows and a simulation finds. */
export interface Cell<P extends Parameters = Parameters> {
  readonly label: string
  readonly parameters: P
  /** Names of the parameters that are whole numbers. */
  readonly counts?: readonly (keyof P & string)[]
  /** The value by theory. */
  readonly expected: (parameters: P) => number
  /** The same by simulation; it knows nothing of `expected`. */
  readonly simulate: (parameters: P, stream: RandomStream) => Simulated
}

/** One row of a study: theory beside simulation. */
export interface CellResult extends Interval {
  readonly label: string
  readonly parameters: Parameters
  readonly expected: number
  /** Independent trials, events or cycles. */
  readonly n: number
  /** The smallest relative error of the expected value that would have been noticed. */
  readonly detects: number
  readonly verdict: 'pass' | 'fail'
}

/** How many cells notice that a parameter, or the formula itself, is wrong by this share. */
export interface Sensitivity {
  readonly wrong: string
  readonly red: number
  readonly of: number
}

/** By how much a parameter or a formula is made wrong. */
const WRONG_BY = 0.05

/** Lays what was found beside what theory says. */
export function judgeCell(cell: Cell, { sample }: Simulated): CellResult {
  const interval = intervalOf(sample)
  const expected = cell.expected(cell.parameters)
  const { label, parameters } = cell
  const verdict = isInside(expected, interval) ? 'pass' : 'fail'
  return { label, parameters, expected, ...interval, n: sample.of, detects: detects(interval), verdict }
}

/** Which of the cells are red once each parameter in turn, and the formula, is wrong by `WRONG_BY`. */
export function sensitivities(cells: readonly Cell[], results: readonly CellResult[]): Sensitivity[] {
  const names = [...new Set(cells.flatMap(({ parameters }) => Object.keys(parameters)))]
  const byParameter = names.map((name) => {
    const with_ = cells.flatMap((cell, index) =>
      cell.parameters[name] === undefined ? [] : [{ cell, interval: results[index]! }],
    )
    const red = with_.filter(({ cell, interval }) => !isInside(cell.expected(vary(cell, name)), interval))
    return { wrong: name, red: red.length, of: with_.length }
  })
  const red = results.filter((result) => !isInside(result.expected * (1 + WRONG_BY), result))
  return [...byParameter, { wrong: 'formula', red: red.length, of: results.length }]
}

/** The parameters of a cell with one of them wrong: a share by 5 %, a count by 5 % and at least 1. */
function vary({ parameters, counts = [] }: Cell, name: string): Parameters {
  const value = parameters[name]!
  const wrong = counts.includes(name) ? value + Math.ceil(value * WRONG_BY) : value * (1 + WRONG_BY)
  return { ...parameters, [name]: wrong }
}

function isInside(expected: number, { low, high }: Interval): boolean {
  return low <= expected && expected <= high
}

function detects({ found, low, high }: Interval): number {
  return found === 0 ? Number.POSITIVE_INFINITY : Math.max(high - found, found - low) / Math.abs(found)
}
