import type { Plot } from '../../../reports/index.ts'
import { createStream } from '../simulator/random.ts'
import { type Cell, type CellResult, judgeCell, type Sensitivity, sensitivities } from './cell.ts'

/** Numbers that follow by arithmetic, beside what others say. */
export interface StudyTable {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A question to which there is a closed form and a simulation. */
export interface Study {
  readonly name: string
  /** A sentence without its full stop. */
  readonly title: string
  /** What is asked, what is simulated and what it is compared with. */
  readonly text: string
  readonly sources: readonly string[]
  readonly cells: readonly Cell[]
  readonly tables?: (results: readonly CellResult[]) => readonly StudyTable[]
  readonly plots?: (results: readonly CellResult[]) => readonly Plot[]
  /** Where the paper, or a formula that is often quoted, errs. */
  readonly notes?: readonly string[]
}

/** What a study came to; the same on every machine for one seed. */
export interface StudyResult {
  readonly name: string
  readonly title: string
  readonly text: string
  readonly sources: readonly string[]
  readonly seed: number
  readonly cells: readonly CellResult[]
  readonly sensitivity: readonly Sensitivity[]
  readonly tables: readonly StudyTable[]
  readonly plots: readonly Plot[]
  readonly notes: readonly string[]
  /** Events that were simulated. */
  readonly events: number
  /** A cell whose interval misses its expected value fails the study; so does an error of 5 % that no cell notices. */
  readonly verdict: 'pass' | 'fail'
}

/** A study's cell has the parameters that its own functions take; the list forgets which. */
export function cell<P extends Readonly<Record<string, number>>>(definition: Cell<P>): Cell {
  return definition as unknown as Cell
}

/** Plays a study; each cell draws from a stream of its own, so that one cell more does not move the others. */
export function runStudy(
  study: Study,
  seed: number,
  onCell: (result: CellResult, events: number) => void = () => {},
): StudyResult {
  let events = 0
  const cells = study.cells.map((entry) => {
    const stream = createStream(seed, 'mining', `${study.name} ${entry.label}`)
    const simulated = entry.simulate(entry.parameters, stream)
    const result = judgeCell(entry, simulated)
    events += simulated.events
    onCell(result, simulated.events)
    return result
  })
  const sensitivity = sensitivities(study.cells, cells)
  const { name, title, text, sources, notes = [] } = study
  return {
    ...{ name, title, text, sources, seed, cells, sensitivity },
    tables: study.tables?.(cells) ?? [],
    plots: study.plots?.(cells) ?? [],
    ...{ notes, events },
    verdict: cells.every(isPass) && sensitivity.every(({ red }) => red > 0) ? 'pass' : 'fail',
  }
}

const isPass = ({ verdict }: CellResult) => verdict === 'pass'
